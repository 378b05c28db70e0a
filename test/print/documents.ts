import { type OfficialDocument, type OfficialTable, ruled } from '../../src/domain/official-document.ts';

const sentence = '各有关单位和个人可以通过信函电话邮件等方式提出意见和建议我们将逐条研究认真采纳';

/** A document of ours, with what a test wants otherwise. */
export function sampleDocument(wanted: Partial<OfficialDocument> = {}): OfficialDocument {
  return {
    title: '关于《清源县河道保洁办法（征求意见稿）》公开征求意见情况的反馈',
    number: '',
    addressee: '',
    paragraphs: ['河道保洁关系每家每户。', '感谢社会各界的关心和支持！'],
    annexes: [],
    signatures: ['清源县水务局河道管理处'],
    date: '2026年3月1日',
    sealed: false,
    table: null,
    wide: false,
    origin: {
      address: 'https://jianyan.example.cn/consultations/2026-0003',
      lines: [
        '征求意见编号 2026-0003　文件指纹 3f2a 90bc 11de 7c45 61aa',
        '核对：https://jianyan.example.cn',
      ],
    },
    ...wanted,
  };
}

/** A paragraph without a mark, many lines long: each full line has 28 characters. */
export const longParagraph = sentence.repeat(40);

/** A table of so many rows, some of them long. */
export function sampleTable(count: number): OfficialTable {
  const columns = ['序号', '条款', '意见内容', '提出者', '采纳情况', '理由'].map((name, index) => ({
    name,
    share: [2.2, 4.5, 9.3, 3.5, 3.5, 5][index] ?? 1,
    centred: index === 0,
  }));
  const rows = Array.from({ length: count }, (_, index) => [
    String(index + 1),
    `第${index + 1}条`,
    `第${index + 1}条的意见。${'河道应当每日巡查。'.repeat(index % 7 === 3 ? 60 : index % 4)}`,
    '一位市民',
    '采纳',
    index % 2 ? '与上位法一致。' : '',
  ]);
  return { caption: '意见采纳情况表', place: 'annex', large: false, leastLines: 1, columns, rows };
}

/** A form to fill in, with rules to write on and sections that stay together. */
export function blankForm(comments = 2): OfficialDocument {
  const rows = Array.from({ length: comments }, (_, index) => [
    [`意见${index + 1}`],
    ['条款', '第＿＿＿条'],
    ['意见和理由', Array.from({ length: 8 }, () => ruled).join('\n')],
  ]).flat();
  return sampleDocument({
    ...{ title: '清源县河道保洁办法（征求意见稿）征求意见表', paragraphs: [], signatures: [], date: '' },
    table: {
      ...{ caption: '', place: 'below', large: true, leastLines: 1, rows },
      columns: [5, 19].map((share) => ({ name: '', share, centred: false })),
    },
  });
}

/** A table of so many rows on its side. */
export function wideTable(count: number): OfficialDocument {
  return sampleDocument({
    ...{ title: '清源县河道保洁办法（征求意见稿）意见采纳情况汇总表', signatures: [], date: '', wide: true },
    table: { ...sampleTable(count), place: 'below' },
  });
}
