import {
  AlignmentType,
  Document,
  FootnoteReferenceRun,
  LevelFormat,
  LevelSuffix,
  Packer,
  PageBreak,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalMergeType,
} from 'docx';

/** One article: its first paragraph, and its items. */
export interface Article {
  readonly text: string;
  readonly items?: readonly string[];
}

export const chapters: readonly { readonly heading: string; readonly articles: readonly Article[] }[] = [
  {
    heading: '总则',
    articles: [
      { text: '为了保持河道整洁，改善水环境，结合本县实际，制定本办法。' },
      { text: '本县行政区域内河道的保洁以及相关监督管理，适用本办法。' },
      { text: '河道保洁遵循属地负责、分级管理、公众参与的原则。' },
      {
        text: '本办法所称河道保洁，包括下列活动：',
        items: ['打捞水面漂浮物；', '清除岸坡垃圾；', '清理河道内枯死的水生植物。'],
      },
      { text: '县人民政府将河道保洁经费列入年度预算。' },
    ],
  },
  {
    heading: '职责',
    articles: [
      { text: '县水务局负责全县河道保洁的指导和考核。' },
      {
        text: '镇人民政府履行下列职责：',
        items: ['制定年度保洁方案；', '确定每段河道的保洁责任人；', '组织巡查；', '处理居民反映的问题。'],
      },
      { text: '村民委员会协助镇人民政府做好河道保洁工作。' },
      { text: '县生态环境局负责河道水质监测，每季度公布一次结果。' },
      { text: '任何单位和个人都有权制止、举报污染河道的行为。' },
    ],
  },
  {
    heading: '保洁要求',
    articles: [
      { text: '县级河道每日至少保洁一次，镇级河道每周至少保洁三次。' },
      { text: '保洁作业的时间为每日七时至十八时，汛期由县水务局另行确定。' },
      {
        text: '保洁作业达到下列标准：',
        items: ['水面每千平方米漂浮物不超过两处；', '岸坡无成堆垃圾；', '保洁船只停放整齐。'],
      },
      { text: '打捞的垃圾当日清运，不得堆放在河岸过夜。' },
      { text: '保洁人员作业时穿着救生衣。' },
    ],
  },
  {
    heading: '监督和附则',
    articles: [
      { text: '县水务局每月抽查一次，抽查结果在县人民政府网站公布。' },
      { text: '连续两次抽查不合格的，由县水务局约谈所在镇的负责人。' },
      { text: '保洁单位弄虚作假的，扣减当季保洁经费。' },
      { text: '本办法由县水务局负责解释。' },
      { text: '本办法自2027年3月1日起施行。' },
    ],
  },
];

export const title = '清源县河道保洁管理办法';

const centred = (text: string) =>
  new Paragraph({ alignment: AlignmentType.CENTER, children: [new TextRun(text)] });

/** The sample with Word's own numbers: chapters, articles that run on, items that begin anew under each article. */
export async function numberedSample(): Promise<Buffer> {
  const listed = (text: string, level: number) =>
    new Paragraph({
      text,
      numbering: { reference: level === 0 ? 'chapters' : 'articles', level: Math.max(level - 1, 0) },
    });
  const body = chapters.flatMap(({ heading, articles }) => [
    listed(heading, 0),
    ...articles.flatMap(({ text, items = [] }) => [listed(text, 1), ...items.map((item) => listed(item, 2))]),
  ]);
  return packed([centred(title), centred('（征求意见稿）'), ...body, ...annex()]);
}

/** The same with numbers that somebody typed, with the spaces that people type. */
export async function typedSample(numeral: (number: number) => string): Promise<Buffer> {
  let article = 0;
  const body = chapters.flatMap(({ heading, articles }, chapter) => [
    centred(`第${numeral(chapter + 1)}章 ${heading}`),
    ...articles.flatMap(({ text, items = [] }) => {
      article += 1;
      const lines = [
        `　　第${numeral(article)}条　${text}`,
        ...items.map((item, index) => `　　（${numeral(index + 1)}）${item}`),
      ];
      return lines.map((line) => new Paragraph(line));
    }),
  ]);
  return packed([centred(title), centred('（征求意见稿）'), ...body, ...annex()]);
}

function annex(): (Paragraph | Table)[] {
  const cell = (text: string, more = {}) => new TableCell({ children: [new Paragraph(text)], ...more });
  return [
    new Paragraph({ children: [new PageBreak()] }),
    new Paragraph('附件'),
    centred('镇级河道保洁责任表'),
    new Table({
      rows: [
        new TableRow({ children: [cell('镇'), cell('河道'), cell('责任人')] }),
        new TableRow({
          children: [
            cell('东浦镇', { verticalMerge: VerticalMergeType.RESTART }),
            cell('东浦河'),
            cell('周远帆'),
          ],
        }),
        new TableRow({
          children: [cell('', { verticalMerge: VerticalMergeType.CONTINUE }), cell('菱塘'), cell('何青禾')],
        }),
        new TableRow({ children: [cell('合计两条', { columnSpan: 3 })] }),
      ],
    }),
  ];
}

const level = (
  index: number,
  format: keyof typeof LevelFormat,
  text: string,
  suffix: keyof typeof LevelSuffix = 'TAB',
) => ({
  level: index,
  format: LevelFormat[format],
  text,
  suffix: LevelSuffix[suffix],
});

async function packed(children: (Paragraph | Table)[]): Promise<Buffer> {
  const noted = new Paragraph({ children: [new TextRun('以上表格每年更新。'), new FootnoteReferenceRun(1)] });
  const document = new Document({
    numbering: {
      config: [
        { reference: 'chapters', levels: [level(0, 'CHINESE_COUNTING_THOUSAND', '第%1章', 'SPACE')] },
        {
          reference: 'articles',
          levels: [
            level(0, 'CHINESE_COUNTING_THOUSAND', '第%1条'),
            level(1, 'CHINESE_COUNTING', '（%2）', 'NOTHING'),
          ],
        },
      ],
    },
    footnotes: { 1: { children: [new Paragraph('由各镇报县水务局。')] } },
    sections: [{ children: [...children, noted] }],
  });
  return Packer.toBuffer(document);
}
