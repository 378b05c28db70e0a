import fc from 'fast-check';
import t from 'tap';
import { chineseNumeral } from '../../src/domain/numerals.ts';
import type { Block } from '../../src/domain/outline.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import { parseOutline } from '../../src/domain/parse/outline.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { printOutline } from '../../src/domain/parse/print.ts';
import { autoSettings, type ParseSettings } from '../../src/domain/parse/settings.ts';
import { cellsOf, tableLine } from '../../src/domain/parse/table-lines.ts';

/** One line per block: two spaces for each level of depth, kind, and what it holds. */
function tree(text: string, settings: Partial<ParseSettings> = {}): string[] {
  const { blocks } = parseOutline(text, { ...autoSettings, ...settings });
  return blocks.map((block) => '  '.repeat(depthOf(blocks, block)) + said(block));
}

function said({ kind, level, label, heading, text, rows }: Block): string {
  const cells = rows?.map((row) => row.join(',')).join('/') ?? '';
  return [level ?? kind, ...[label, heading, text, cells].filter((part) => part !== '')].join('|');
}

function depthOf(blocks: readonly Block[], { parent }: Block): number {
  const above = parent === null ? undefined : blocks[parent];
  return above ? depthOf(blocks, above) + 1 : 0;
}

function warnings(text: string): string[] {
  return parseOutline(text).warnings.map(({ key, line }) => `${key} ${line}`);
}

t.test('rows of a table', async (t) => {
  t.test('cells come back as they were written, bars, breaks and backslashes too', async (t) => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'binary' }), { minLength: 1 }), (typed) => {
        const cells = typed.map((cell) => cell.replace(/\r\n?/g, '\n').trim());
        const line = tableLine(cells);
        return !line.includes('\n') && JSON.stringify(cellsOf(line)) === JSON.stringify(cells);
      }),
    );
    t.equal(tableLine(['甲|乙', '丙\n丁', '\\']), '| 甲\\|乙 | 丙\\n丁 | \\\\ |');
  });

  t.test('a line is a row only between two bars of its own', async (t) => {
    t.same(cellsOf('|甲||乙|'), ['甲', '', '乙']);
    for (const line of ['', '|', '| 甲', '甲 |', '| 甲 \\|', '| 甲 | 乙']) t.equal(cellsOf(line), null, line);
  });

  t.test('neighbouring rows are a table under what is open there', async (t) => {
    t.same(tree('第一条 费用如下：\n| 项目 | 元 |\n| 巡山 | 30 |\n前款费用按月支付。\n第二条 另定。'), [
      'article|第一条|费用如下：',
      '  table|项目,元/巡山,30',
      '  paragraph|前款费用按月支付。',
      'article|第二条|另定。',
    ]);
    t.same(tree('一、任务\n（一）修路。今年完工。\n| 甲 | 乙 |\n分段施工。\n（二）种树。分年安排。'), [
      'h1|一、|任务',
      '  h2|（一）|修路|今年完工。',
      '    table|甲,乙',
      '    paragraph|分段施工。',
      '  h2|（二）|种树|分年安排。',
    ]);
    t.same(tree('第一条 情形：\n（一）甲；\n| 子 |\n说明。\n（二）乙。'), [
      'article|第一条|情形：',
      '  subparagraph|（一）|甲；',
      '    table|子',
      '    paragraph|说明。',
      '  subparagraph|（二）|乙。',
    ]);
  });

  t.test('a blank line or text between rows begins another table', async (t) => {
    t.same(tree('第一条 甲。\n| 1 |\n\n| 2 |\n| 3 |'), ['article|第一条|甲。', '  table|1', '  table|2/3']);
  });

  t.test('a table in an annex is its child, and so is the text behind it', async (t) => {
    const text =
      '第一条 见附件。\n附件1\n任务表\n以下各项\n| 序号 | 任务 |\n| 1 | 巡山 |\n注：逐月报送\n附件2\n| 甲 |';
    t.same(tree(text).slice(1), [
      'annex|附件1|任务表|以下各项',
      '  table|序号,任务/1,巡山',
      '  paragraph|注：逐月报送',
      'annex|附件2',
      '  table|甲',
    ]);
    t.same(warnings(text), [], 'a table that is one is no flattened table');
    t.same(addressesOf(parseOutline(text).blocks).slice(1, 4), [
      'annex_1',
      'annex_1__table',
      'annex_1__para_1',
    ]);
  });

  t.test('rows stand between documents, in front of clauses and among paragraphs', async (t) => {
    t.same(tree('护林办法\n| 版本 | 二稿 |\n为护林，制定本办法。\n第一条 甲。'), [
      'title|护林办法',
      'table|版本,二稿',
      'preamble|为护林，制定本办法。',
      'article|第一条|甲。',
    ]);
    t.same(tree('倡议\n请勿烧纸。\n| 电话 | 119 |\n请报火情。'), [
      'title|倡议',
      'paragraph|请勿烧纸。',
      'table|电话,119',
      'paragraph|请报火情。',
    ]);
  });

  t.test('lines with tabs were a table, a tab behind a label was none', async (t) => {
    t.same(warnings('第一条 费用：\n项目\t元\n巡山\t30\n第二条 乙。'), ['flattenedTable 2']);
    t.same(warnings('附件\n序号\t任务\n1\t巡山'), ['noClause 1', 'flattenedTable 2']);
    t.same(warnings('第一条\t甲。\n第二条\t乙。'), []);
  });
});

t.test('settings', async (t) => {
  const announced =
    '关于公开征求《护林办法》意见的公告\n请于2027年3月1日前发送至a@example.cn。\n甲县林业局\n2027年1月1日\n护林办法\n第一条 为了护林，制定本办法，适用于本县全部林地和护林员。\n第二条 乙。';

  t.test('the whole text is the draft when the officer says so', async (t) => {
    t.ok(readPaste(announced).announcement.lines);
    const { announcement, draft, feedback } = readPaste(announced, { ...autoSettings, whole: 'draft' });
    t.same([announcement.lines, announcement.fields, feedback.lines], [null, {}, null]);
    t.equal(draft.blocks[0]?.text.split('\n')[0], '关于公开征求《护林办法》意见的公告');
  });

  t.test('only the labels of the chosen family count', async (t) => {
    const mixed = '总述\n一、概况\n第一章 总则\n第一条 应当：\n（一）巡山；\n（二）报火。\n1.登记。';
    t.same(tree(mixed, { family: 'law' }), [
      'title|总述\n一、概况',
      'chapter|第一章|总则',
      '  article|第一条|应当：',
      '    subparagraph|（一）|巡山；',
      '    subparagraph|（二）|报火。',
      '      item|1.|登记。',
    ]);
    t.same(tree(mixed, { family: 'official' }), [
      'title|总述',
      'h1|一、|概况|第一章 总则\n第一条 应当：',
      '  h2|（一）|巡山；',
      '  h2|（二）|报火。',
      '    h3|1.|登记。',
    ]);
    const none = parseOutline(mixed, { ...autoSettings, family: 'none' }).blocks;
    t.notOk(none.some((block) => block.kind === 'clause'));
    t.same(tree('第一条 甲；\n第二条 应当：（一）乙；（二）丙。', { family: 'none' }), [
      'paragraph|第一条 甲；',
      'paragraph|第二条 应当：（一）乙；（二）丙。',
    ]);
  });

  t.test('lines are joined or kept apart as the officer says', async (t) => {
    const words = '护林员应当每日巡山并记录所见情形报告林业站';
    const wrapped = `第一条 ${words.slice(0, 17)}\n${words}\n存档备查。\n第二条 乙。`;
    t.equal(parseOutline(wrapped).blocks[0]?.text.includes('\n'), true);
    t.same(tree(wrapped, { lines: 'wrapped' }), [
      `article|第一条|${words.slice(0, 17)}${words}存档备查。`,
      'article|第二条|乙。',
    ]);
    const full = `${words.slice(0, 20)}\n`.repeat(6);
    t.equal(parseOutline(`第一条 甲。\n${full}备查。`).blocks.length, 2);
    t.equal(
      parseOutline(`第一条 甲。\n${full}备查。`, { ...autoSettings, lines: 'single' }).blocks[1]?.text.split(
        '\n',
      ).length,
      7,
    );
  });
});

t.test('what stands behind the last clause', async (t) => {
  t.test('a list of annexes is a block of its own, with all its entries', async (t) => {
    const text =
      '一、巡山\n1.每日一次。\n附件：1.任务表\n2.名单\n甲镇人民政府\n2024年3月1日\n（联系人：林某）\n附件1\n任务表\n甲乙';
    t.same(tree(text), [
      'h1|一、|巡山',
      '  h3|1.||每日一次。'.replace('||', '|'),
      'contents|附件：1.任务表\n2.名单',
      'signature|甲镇人民政府',
      'date|2024年3月1日',
      'paragraph|（联系人：林某）',
      'annex|附件1|任务表|甲乙',
    ]);
    t.same(tree('一、巡山\n附件：\n1.任务表\n2.名单\n甲镇人民政府\n2024年3月1日').slice(1), [
      'contents|附件：\n1.任务表\n2.名单',
      'signature|甲镇人民政府',
      'date|2024年3月1日',
    ]);
  });

  t.test('words on an annex in the middle of the draft are no list of annexes', async (t) => {
    t.same(tree('一、巡山\n附件：任务表\n二、报火').slice(0, 1), ['h1|一、|巡山|附件：任务表']);
  });
});

t.test('a quotation holds no labels', async (t) => {
  t.same(tree('一、增加：“甲：（一）乙；（二）丙。”\n二、“十二五”期间继续。\n三、施行'), [
    'h1|一、|增加：“甲：（一）乙；（二）丙。”',
    'h1|二、|“十二五”期间继续。',
    'h1|三、|施行',
  ]);
  t.equal(tree('一、总述\n“十二五”期间修路。\n二、施行').length, 2, 'a quotation that is closed is over');
});

t.test('a feedback notice alone is one, an announcement is none', async (t) => {
  const notices = [
    '《护林办法》意见采纳情况\n甲县林业局于2024年3月1日至3月30日征求了社会各界意见，电话、邮箱均畅通。',
    '2024年3月，我局向社会征求《护林办法（征求意见稿）》意见。期间共收到意见3条，采纳2条。\n甲县林业局',
    '为护林，我局起草了《护林办法》，公示期内未收到意见建议反馈。\n特此说明。',
    '关于《护林办法》意见征集情况的说明\n一、征集过程\n公开征求意见30日。',
  ];
  for (const notice of notices) {
    const { announcement, draft, feedback } = readPaste(notice);
    t.ok(feedback.lines && !announcement.lines && draft.blocks.length === 0, notice.slice(0, 20));
  }
  const { announcement } = readPaste(
    '政府公告\n公众可在三月三十日前把书面意见送交甲县林业局，或传真至0600-5550101。逾期未收到意见的，视为没有意见。',
  );
  t.ok(announcement.lines);
  const { fields } = readPaste(
    '现就护林办法征求意见。\n请将意见寄至：甲县林业局，邮编：100000（收）。',
  ).announcement;
  t.equal(fields.agencyName?.value, '甲县林业局');
});

/** Words without numerals and signs of the grammar. */
const words = fc
  .array(
    fc.constantFrom(
      '护林',
      '巡山',
      '报告',
      '火情',
      '林业站',
      '应当',
      '登记',
      '村道',
      '清理',
      '甲',
      'A3',
      '𠮷',
    ),
    {
      minLength: 2,
      maxLength: 6,
    },
  )
  .map((some) => some.join(''));
const sentence = words.map((some) => `${some}。`);
const sentences = fc.array(sentence, { minLength: 1, maxLength: 3 });
const table = fc
  .array(
    fc.array(fc.oneof(words, fc.constantFrom('', '1', 'a|b', '甲\n乙', '\\')), {
      minLength: 2,
      maxLength: 3,
    }),
    {
      minLength: 1,
      maxLength: 3,
    },
  )
  .map((rows) => rows.map(tableLine).join('\n'));
const maybe = <Value>(one: fc.Arbitrary<Value>) => fc.option(one, { nil: undefined, freq: 3 });
const lines = (...some: (string | undefined | readonly string[])[]) =>
  some.flat().filter((line): line is string => line !== undefined);
const numbered = (some: readonly string[], label: (number: number) => string) =>
  some.map((one, index) => `${label(index + 1)}${one}`);

const bracket = (number: number) => `（${chineseNumeral(number)}）`;
const entries = fc
  .tuple(
    fc.array(
      words.map((some) => `${some}；`),
      { minLength: 2, maxLength: 4 },
    ),
    maybe(table),
  )
  .map(([some, rows]) => lines(numbered(some, bracket), rows));
const article = fc
  .record({
    caption: maybe(words),
    text: sentences,
    list: maybe(entries),
    rows: maybe(table),
    last: maybe(sentence),
    inline: maybe(fc.array(words, { minLength: 2, maxLength: 3 })),
  })
  .map(({ caption, text, list, rows, last, inline }) => (label: string) => [
    `${label}${caption ? `【${caption}】` : '　'}${text[0]}`,
    ...lines(text.slice(1), list && ['应当：', ...list], rows, last),
    ...(inline ? [`分为：${inline.map((one, index) => `${bracket(index + 1)}${one}；`).join('')}`] : []),
  ]);
const law = fc
  .array(fc.tuple(words, fc.array(article, { minLength: 1, maxLength: 4 })), { minLength: 1, maxLength: 3 })
  .map((chapters) => {
    let count = 0;
    return chapters.flatMap(([name, articles], index) => [
      `第${chineseNumeral(index + 1)}章　${name}`,
      ...articles.flatMap((one) => {
        count += 1;
        return one(`第${chineseNumeral(count)}条`);
      }),
    ]);
  });
const point = fc
  .tuple(words, sentences, maybe(table))
  .map(([name, text, rows]) => lines(`${name}。${text[0]}`, text.slice(1), rows));
const section = fc
  .tuple(
    words,
    maybe(sentence),
    fc.array(point, { maxLength: 3 }),
    maybe(table),
    maybe(fc.array(sentence, { minLength: 2, maxLength: 3 })),
  )
  .map(
    ([name, text, points, rows, dashes]) =>
      (label: string) =>
        lines(
          `${label}${name}`,
          text,
          rows,
          points.flatMap(([first = '', ...more], index) => [`${bracket(index + 1)}${first}`, ...more]),
          dashes?.map((one) => `——${one.replace('A3', '乡道')}`),
        ),
  );
const official = fc
  .array(section, { minLength: 2, maxLength: 4 })
  .map((sections) => sections.flatMap((one, index) => one(`${chineseNumeral(index + 1)}、`)));
const plain = fc.array(fc.oneof(sentence, table), { minLength: 1, maxLength: 5 });
const annex = fc
  .tuple(words, fc.array(fc.oneof(sentence, table, words), { maxLength: 4 }))
  .map(([name, text]) => (label: string) => [label, name, ...text]);
const draft = fc
  .record({
    front: fc.constantFrom([], ['护林办法'], ['护林办法', '（征求意见稿）', '为护林，制定本办法。']),
    body: fc.oneof(law, official, plain),
    tail: fc.constantFrom(
      [],
      ['甲县林业局', '2024年3月1日'],
      ['附件：1.任务表', '2.名单', '甲县林业局', '2024年3月1日'],
    ),
    annexes: fc.array(annex, { maxLength: 2 }),
  })
  .map(({ front, body, tail, annexes }) =>
    [...front, ...body, ...tail, ...annexes.flatMap((one, index) => one(`附件${index + 1}`))].join('\n'),
  );

const withoutLines = (blocks: readonly Block[]) => blocks.map(({ lines: _, ...block }) => block);

const everySetting: readonly ParseSettings[] = (['auto', 'draft'] as const).flatMap((whole) =>
  (['auto', 'law', 'official', 'none'] as const).flatMap((family) =>
    (['auto', 'wrapped', 'single'] as const).map((one) => ({ whole, family, lines: one })),
  ),
);
const settings = fc.constantFrom(...everySetting);
const anything = fc.oneof(
  draft,
  fc.tuple(draft, draft).map((some) => some.join('\n')),
  fc
    .array(
      fc.oneof(
        draft,
        fc.constantFrom('第', '（一）', '|', '| 甲 |\n', '“', '附件：', '\t', '\ud800', '\u200b'),
      ),
      { maxLength: 6 },
    )
    .map((some) => some.join('')),
  fc.string({ unit: 'binary', maxLength: 300 }),
);

t.test('properties', async (t) => {
  t.test('an outline that is printed and parsed again is the same', async (t) => {
    fc.assert(
      fc.property(draft, (text) => {
        const { blocks } = parseOutline(text);
        const again = parseOutline(printOutline(blocks)).blocks;
        return JSON.stringify(withoutLines(again)) === JSON.stringify(withoutLines(blocks));
      }),
      { numRuns: 500 },
    );
    t.pass();
  });

  t.test('no character is lost or doubled, addresses are unique, under every setting', async (t) => {
    const counted = (text: string) =>
      [...text.replace(/\\n/g, '').replace(/[\s\p{Cc}\p{Cf}。：:（）()【】〖〗[\]|\\]/gu, '')]
        .sort()
        .join('');
    fc.assert(
      fc.property(anything, settings, (text, chosen) => {
        const { announcement, draft: read, feedback } = readPaste(text, chosen);
        const words = read.blocks.map(({ label, heading, text: own, rows }) =>
          [label, heading, own, ...(rows?.flat() ?? [])].join(''),
        );
        const addresses = addressesOf(read.blocks);
        const same = counted(announcement.text + words.join('') + feedback.text) === counted(text);
        return same && new Set(addresses).size === addresses.length;
      }),
      { numRuns: 1000 },
    );
    t.pass();
  });

  t.test('hostile texts are read whole', async (t) => {
    const pieces = [
      '|',
      '\\',
      '| |\n',
      '甲\t乙\n',
      '“',
      '附件\n第二条\n',
      '附件：1.\n',
      '第一章 甲\n',
      '《',
      '收到意见',
    ];
    for (const piece of pieces) t.ok(readPaste(`第一条 甲。\n${piece.repeat(50_000)}`).draft, piece);
    t.ok(parseOutline(`第一条 甲。\n2024年3月1日\n${'乙。\n'.repeat(200_000)}`).blocks.length > 100_000);
  });
});
