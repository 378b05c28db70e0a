import fc from 'fast-check';
import readExcelFile from 'read-excel-file/node';
import t from 'tap';
import writeExcelFile from 'write-excel-file/node';
import { clauseSearch } from '../../src/actions/clause-search.ts';
import type { FindableClause } from '../../src/domain/clause-finder.ts';
import { type JudgedSheet, judgeSheet } from '../../src/domain/sheets/judge.ts';
import { mostRows, type SheetReading } from '../../src/domain/sheets/table.ts';
import { createReader } from '../../src/intake/off-thread.ts';
import { readSheet } from '../../src/intake/sheets/read.ts';
import { loadSentences } from '../../src/sentences.ts';
import { tinyZip } from './docx-zip.ts';
import { encoded } from './encoded.ts';
import { textRow, tinyXlsx, xlsxParts } from './tiny-xlsx.ts';

const words = loadSentences().sheet;
const cellsOf = (reading: SheetReading) =>
  'rows' in reading ? reading.rows.map(({ cells }) => cells) : reading;
const bytes = (text: string) => Buffer.from(text);

t.test('cells of a workbook come as they are shown, whatever kind they are of', async (t) => {
  const row = `<row r="3">
    <c r="A3" t="s"><v>1</v></c><c r="B3" t="inlineStr"><is><r><t>甲</t></r><r><t xml:space="preserve"> 乙</t></r></is></c>
    <c r="D3"><v>13800000001</v></c><c r="E3"><v>1.38E+10</v></c><c r="F3"><v>0.5</v></c>
    <c r="G3" s="1"><v>46119</v></c><c r="H3" s="2"><v>46119.75</v></c><c r="I3" s="3"><v>46119</v></c>
    <c r="J3" t="str"><f>A3&amp;"x"</f><v>算出的字</v></c><c r="K3"><f>1+1</f><v>2</v></c><c r="L3"><f>TODAY()</f></c>
    <c r="M3" t="b"><v>1</v></c><c r="N3" t="e"><v>#N/A</v></c></row>`;
  const texts = '<si><t>零</t></si><si><t>一_x000D_\n行</t><rPh sb="0" eb="1"><t>yi</t></rPh></si>';
  const formats =
    '<numFmts><numFmt numFmtId="180" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/><numFmt numFmtId="181" formatCode="[Red]0.00&quot;day&quot;"/></numFmts>';
  const styles = `${formats}<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="180"/><xf numFmtId="181"/></cellXfs>`;
  const reading = await readSheet(tinyXlsx(row, { texts, styles }));
  t.same(reading, {
    rows: [
      {
        number: 3,
        cells: [
          '一\n行',
          '甲 乙',
          '',
          '13800000001',
          '13800000000',
          '0.5',
          '2026-04-07',
          '2026-04-07',
          '46119',
          '算出的字',
          '2',
          '=TODAY()',
          '1',
          '#N/A',
        ],
      },
    ],
  });
  const since1904 = tinyXlsx('<row r="1"><c r="A1" s="0"><v>44657</v></c></row>', {
    styles: '<cellXfs><xf numFmtId="14"/></cellXfs>',
    properties: '<workbookPr date1904="1"/>',
  });
  t.same(cellsOf(await readSheet(since1904)), [['2026-04-07']]);
});

t.test('rows and cells may have no references; those without content do not count', async (t) => {
  const rows =
    '<row><c t="inlineStr"><is><t>甲</t></is></c><c><v>2</v></c></row><row/><row><c><v>3</v></c></row>';
  t.same(await readSheet(tinyXlsx(rows)), {
    rows: [
      { number: 1, cells: ['甲', '2'] },
      { number: 3, cells: ['3'] },
    ],
  });
});

t.test('a workbook of another program reads as another reader reads it', async () => {
  const text = fc
    .string({ unit: 'grapheme', maxLength: 12 })
    .map((each) => each.replace(/[\s\p{C}_]/gu, ''))
    // The other reader stumbles over names that every object has.
    .filter((each) => !(each in {}));
  const table = fc.array(fc.array(text, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
  await fc.assert(
    fc.asyncProperty(table, async (rows) => {
      const file = await writeExcelFile(
        rows.map((row) => row.map((value) => ({ value, type: String }))),
      ).toBuffer();
      const [other] = await readExcelFile(file);
      const expected = (other?.data ?? [])
        .map((row) =>
          row
            .map((cell) => String(cell ?? ''))
            .join('|')
            .replace(/\|+$/, ''),
        )
        .filter((row) => row !== '');
      const own = cellsOf(await readSheet(file));
      return (
        JSON.stringify(Array.isArray(own) ? own.map((row) => row.join('|')) : []) === JSON.stringify(expected)
      );
    }),
    { numRuns: 25 },
  );
});

t.test(
  'CSV is read in the usual encodings, with commas, semicolons or tabs, with line breaks in cells',
  async (t) => {
    const rows = [
      ['渠道', '意见内容'],
      ['信函', '第一行，"引用"\n第二行'],
      ['电话', '两'],
    ];
    const csv = (sign: string) =>
      rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(sign)).join('\r\n');
    for (const sign of [',', ';', '\t'])
      t.same(cellsOf(await readSheet(bytes(csv(sign)))), rows, JSON.stringify(sign));
    t.same(cellsOf(await readSheet(bytes(`\ufeff${csv(',')}`))), rows, 'with a byte order mark');
    t.same(cellsOf(await readSheet(encoded(csv(','), 'gb18030'))), rows, 'GB18030');
    t.match(await readSheet(bytes('一,二\n\n,,\n三,"=HYPERLINK(""http://x"")"')), {
      rows: [
        { number: 1, cells: ['一', '二'] },
        { number: 4, cells: ['三', '=HYPERLINK("http://x")'] },
      ],
    });
  },
);

t.test('what is no table, broken, hostile or too large is refused by name', async (t) => {
  const refusal = async (file: Uint8Array) => {
    const reading = await readSheet(file);
    return 'refusal' in reading ? reading.refusal : reading.rows.length;
  };
  t.equal(await refusal(bytes('')), 'empty');
  t.equal(await refusal(bytes(' \n,,\n')), 'empty');
  t.equal(await refusal(Buffer.from('d0cf11e0a1b11ae1', 'hex')), 'oldExcel');
  t.equal(
    await refusal(
      Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.from('EncryptedPackage', 'utf16le')]),
    ),
    'encrypted',
  );
  t.equal(await refusal(Buffer.from([0x89, 0x50, 0, 1, 2, 3, 0xff, 0xfe, 0])), 'unknownKind');
  t.equal(await refusal(tinyZip([{ name: 'word/document.xml', content: '<w/>' }])), 'unknownKind');
  t.equal(await refusal(tinyXlsx('<row><c></row>')), 'corrupt');
  t.equal(await refusal(tinyXlsx('<row><c t="s"><v>9</v></c></row>')), 'corrupt');
  t.equal(await refusal(tinyXlsx('').subarray(0, 300)), 'corrupt');
  t.equal(await refusal(bytes('甲,"乙')), 'openQuote');
  t.equal(await refusal(Buffer.alloc(10 * 1024 * 1024 + 1, 'a,')), 'tooLarge');
  t.equal(await refusal(bytes('甲,乙\n'.repeat(mostRows + 1))), 'tooManyRows');
  t.equal(await refusal(bytes('甲,乙\n'.repeat(mostRows))), mostRows);
  const bomb = xlsxParts('', {}).map((part) =>
    part.name.endsWith('sheet1.xml') ? { ...part, content: `<a>${' '.repeat(30_000_000)}</a>` } : part,
  );
  t.equal(await refusal(tinyZip(bomb)), 'zipBomb');
  const dtd = '<!DOCTYPE a [<!ENTITY b "c">]>';
  const declared = xlsxParts('', {}).map((part) => ({
    ...part,
    content: String(part.content).replace('?>', `?>${dtd}`),
  }));
  t.equal(await refusal(tinyZip(declared)), 'corrupt');
});

t.test('a cell far away costs nothing', async (t) => {
  const far =
    '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c><c r="XFD1048576"><v>3</v></c></row>';
  t.same(await readSheet(tinyXlsx(far)), {
    rows: [
      { number: 1, cells: ['1'] },
      { number: 1_048_576, cells: ['2'] },
    ],
  });
});

const clause = (address: string, citation: string, heading = ''): FindableClause => ({
  ...{ address, citation, heading, label: citation, text: '' },
  ...{ kind: 'clause', level: 'article', parent: null },
});
const clauses = [
  clause('art_1', '第一条'),
  clause('art_3', '第三条', '水质'),
  clause('art_4', '第四条', '水质公开'),
];
const search = await clauseSearch(clauses);
const today = '2026-04-20';
const headings = [
  '件号',
  '渠道',
  '收到日期',
  '邮戳日期',
  '姓名',
  '身份',
  '电话',
  '电子邮箱',
  '公开方式',
  '条款',
  '态度',
  '意见内容',
  '建议改为',
];
const good = [
  '',
  '信函',
  '2026-04-07',
  '',
  '韩素琴',
  '',
  '',
  '',
  '',
  '3',
  '',
  '建议写明检测项目。',
  '检测浊度、余氯。',
];

function judged(...rows: readonly (readonly string[])[]): JudgedSheet {
  const all = [headings, ...rows].map((cells, index) => ({ number: index + 1, cells }));
  return judgeSheet(all, { words, search, today });
}

function at(column: string, value: string): string[] {
  return good.map((cell, index) => (headings[index] === column ? value : cell));
}

function faults({ problems }: JudgedSheet): string[] {
  return problems.map(({ row, column, key }) => `${row}.${column}.${key}`);
}

t.test('a row is a submission; what is left empty is the usual', async (t) => {
  const { entries, problems, rows } = judged(good);
  t.same([problems, rows], [[], 1]);
  t.same(entries, [
    {
      row: 2,
      arrival: { channel: 'letter', receivedOn: '2026-04-07', postmarkedOn: '' },
      submission: {
        ...{ name: '韩素琴', phone: '', email: '', commenterKind: 'individual', consent: 'withoutName' },
        comments: [
          {
            clause: 'art_3',
            stance: 'other',
            text: '建议写明检测项目。',
            proposedWording: '检测浊度、余氯。',
            quotation: null,
          },
        ],
      },
    },
  ]);
});

t.test('rows with one number are one submission; later rows need not repeat who sent it', async (t) => {
  const more = ['A1', '', '', '', '', '', '', '', '', '第一条', '赞成', '同意。', ''];
  const { entries, problems } = judged(at('件号', 'A1'), good, more, at('件号', '示例'));
  t.same(problems, []);
  t.same(
    entries.map(({ row, submission }) => [row, submission.comments.map((each) => each.clause)]),
    [
      [2, ['art_3', 'art_1']],
      [3, ['art_3']],
    ],
  );
});

t.test('every fault is told at its row and column, and holds the whole submission back', async (t) => {
  t.same(faults(judged(at('渠道', '飞鸽'))), ['2.channel.unknownWord']);
  t.same(faults(judged(at('渠道', ''))), ['2.channel.choose']);
  t.same(faults(judged(at('收到日期', ''))), ['2.receivedOn.required']);
  t.same(faults(judged(at('收到日期', '2026-04-21'))), ['2.receivedOn.inTheFuture']);
  t.same(faults(judged(at('收到日期', '昨天'))), ['2.receivedOn.notADay']);
  t.same(faults(judged(at('邮戳日期', '2026-04-08'))), ['2.postmarkedOn.postmarkAfterReceipt']);
  t.same(faults(judged(at('条款', '99'))), ['2.clause.noSuchClause']);
  t.same(faults(judged(at('条款', '水'))), ['2.clause.ambiguousClause']);
  t.same(faults(judged(at('态度', '好'))), ['2.stance.unknownWord']);
  t.same(faults(judged(at('电子邮箱', 'x'))), ['2.email.notAnAddress']);
  t.same(faults(judged(at('意见内容', ''))), ['2.text.required']);
  t.same(faults(judged(good, at('意见内容', '字'.repeat(20_001)))), ['3.text.tooLong']);
  t.same(faults(judged(at('建议改为', '字'.repeat(20_001)))), ['2.proposedWording.tooLong']);
  const [one, two] = [at('件号', '1'), at('件号', '1').map((cell) => (cell === '韩素琴' ? '韩琴' : cell))];
  const different = judged(one, two, at('件号', '2'));
  t.same(faults(different), ['2.entryNumber.heldBack', '3.name.differsFromFirst']);
  t.same(
    different.entries.map(({ row }) => row),
    [4],
  );
  for (const { values } of judged(at('电子邮箱', '韩素琴 1380013')).problems)
    t.notMatch(JSON.stringify(values), /韩素琴|1380013/, 'no problem quotes who sent it');
});

t.test('dates come in many spellings, headings in several, and a title may stand above them', async (t) => {
  for (const day of [
    '2026-04-07',
    '2026/4/7',
    '2026/4/7 0:00:00',
    '2026年4月7日',
    '2026 年 4 月 7 日',
    '4-7',
    '2026-04-07T08:00:00',
  ])
    t.equal(judged(at('收到日期', day)).entries[0]?.arrival.receivedOn, '2026-04-07', day);
  const rows = [
    ['来件登记表'],
    [],
    ['序号', '意见 （必填）', '收件日期', '来源', '备注'],
    ['1', '意见一', '2026-04-07', '电话', 'x'],
  ];
  const all = rows
    .map((cells, index) => ({ number: index + 1, cells }))
    .filter(({ cells }) => cells.length > 0);
  t.match(judgeSheet(all, { words, search, today }).entries, [{ row: 4, arrival: { channel: 'phone' } }]);
  const without = judgeSheet(
    [
      { number: 1, cells: ['件号', '意见'] },
      { number: 2, cells: ['1', '二'] },
    ],
    { words, search, today },
  );
  t.same(faults(without), ['1.channel.columnMissing', '1.receivedOn.columnMissing']);
});

t.test('whatever a table holds, each row is in one entry or has a problem', async () => {
  const cell = (values: readonly string[]) => fc.constantFrom('', ...values);
  const row = fc.tuple(
    cell(['1', '2', '示例']),
    cell(['信函', '电话', '飞鸽']),
    cell(['2026-04-07', '4.8', 'x', '2027-01-01']),
    cell(['2026-04-01', '2026-04-09']),
    cell(['甲', '乙']),
    cell(['单位', '神仙']),
    cell(['1']),
    cell(['a@example.cn', 'a']),
    cell(['不公开', '署名公开', '?']),
    cell(['3', '第四条', '水', '100', '整体意见']),
    cell(['赞成', '!']),
    cell(['意见']),
  );
  fc.assert(
    fc.property(fc.array(row, { maxLength: 25 }), (table) => {
      const sheet = judged(...table.map((cells) => [...cells]));
      const real = table.flatMap(([number], index) => (number === '示例' ? [] : [index + 2]));
      const bad = new Set(sheet.problems.map((problem) => problem.row));
      const good = sheet.entries.reduce((sum, { submission }) => sum + submission.comments.length, 0);
      const isSorted = sheet.problems.every(
        (each, index) => index === 0 || each.row >= (sheet.problems[index - 1]?.row ?? 0),
      );
      return (
        sheet.rows === real.length &&
        good + bad.size === real.length &&
        isSorted &&
        sheet.entries.every((each) => !bad.has(each.row))
      );
    }),
  );
});

t.test('a table is read and judged in another thread, and given up where it takes too much', async (t) => {
  const matter = { words, today, clauses };
  const reader = createReader();
  t.teardown(() => reader.close());
  const file = tinyXlsx(textRow(1, headings) + textRow(2, good));
  const found = await reader.readSheet(file, matter);
  t.same(found, judged(good));
  t.same(await reader.readSheet(bytes(''), matter), { refusal: 'empty' });
  const small = createReader({ memoryMb: 40 });
  t.teardown(() => small.close());
  const heavy = bytes(`${'甲,'.repeat(60)}\n`.repeat(40_000));
  t.same(await small.readSheet(heavy, matter), { refusal: 'tookTooMuchMemory' });
});
