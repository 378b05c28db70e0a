import fc from 'fast-check';
import t, { type Test } from 'tap';
import { chineseNumeral } from '../../src/domain/numerals.ts';
import { readPaste } from '../../src/domain/parse/paste.ts';
import { numberIn } from '../../src/intake/docx/number-formats.ts';
import { readDocx } from '../../src/intake/docx/read.ts';
import { readFile } from '../../src/intake/read.ts';
import {
  type DocxParts,
  docxParts,
  level,
  list,
  listed,
  numbering,
  p,
  run,
  styled,
  table,
  tinyDocx,
} from './docx-parts.ts';
import { chapters, numberedSample, title, typedSample } from './docx-sample.ts';
import { tinyZip } from './docx-zip.ts';

t.test('a document with Word’s numbers, or with typed ones, gives the clauses it shows', async (t) => {
  const expected = [...expectedTree()];
  for (const file of [await numberedSample(), await typedSample(chineseNumeral), await typedSample(String)]) {
    const { text } = await read(t, file);
    const { blocks, warnings } = readPaste(text).draft;
    const clauses = blocks.filter((block) => block.kind === 'clause');
    const numeral = text.includes('第1条') ? String : chineseNumeral;
    const labels = clauses.map(({ label, heading, text, parent }) => [
      label,
      heading || text,
      parent === null ? '' : (blocks[parent]?.label ?? ''),
    ]);
    t.same(labels, numeral === chineseNumeral ? expected : [...expectedTree(String)]);
    t.same(blocks[0]?.text, title);
    t.same(warnings, []);
    const annex = blocks.find((block) => block.kind === 'table');
    t.same(annex?.rows?.[2], ['', '菱塘', '何青禾']);
    t.equal(blocks[annex?.parent ?? -1]?.kind, 'annex');
  }
});

t.test('notes say what was done', async (t) => {
  t.same((await read(t, await numberedSample())).notes, [
    { key: 'automaticNumbers', count: 34 },
    { key: 'footnotes', count: 1 },
    { key: 'mergedCells', count: 2 },
  ]);
});

t.test('numbers print as Word prints them', async (t) => {
  const cases: readonly [string, Readonly<Record<number, string>>][] = [
    ['decimal', { 0: '0', 12: '12' }],
    ['decimalZero', { 9: '09', 10: '10' }],
    ['custom 001, 002, 003, ...', { 9: '009', 1234: '1234' }],
    ['chineseCounting', { 0: '○', 10: '十', 21: '二十一', 105: '一○五' }],
    ['chineseCountingThousand', { 10: '十', 105: '一百零五', 1260: '一千二百六十' }],
    ['japaneseCounting', { 10: '十', 101: '百一', 210: '二百十' }],
    ['ideographDigital', { 10: '一〇', 12: '一二' }],
    ['taiwaneseCountingThousand', { 111: '一百一十一' }],
    ['chineseLegalSimplified', { 3: '叁', 10: '壹拾', 25: '贰拾伍', 101: '壹佰零壹' }],
    ['ideographLegalTraditional', { 3: '參', 6: '陸' }],
    ['decimalFullWidth', { 12: '１２' }],
    ['decimalEnclosedCircle', { 1: '①', 20: '⑳', 21: '21' }],
    ['decimalEnclosedCircleChinese', { 2: '②' }],
    ['decimalEnclosedParen', { 3: '⑶' }],
    ['decimalEnclosedFullstop', { 3: '⒊' }],
    ['ideographEnclosedCircle', { 2: '㈡', 11: '11' }],
    ['ideographTraditional', { 1: '甲', 11: '11' }],
    ['ideographZodiac', { 12: '亥' }],
    ['upperRoman', { 4: 'IV', 1994: 'MCMXCIV' }],
    ['lowerRoman', { 9: 'ix' }],
    ['upperLetter', { 26: 'Z', 27: 'AA', 54: 'BBB' }],
    ['lowerLetter', { 3: 'c' }],
    ['ordinal', { 1: '1st', 12: '12th', 22: '22nd', 111: '111th' }],
    ['numberInDash', { 3: '- 3 -' }],
    ['none', { 3: '' }],
    ['thaiLetters', { 3: '3' }],
  ];
  for (const [format, numbers] of cases)
    for (const [number, text] of Object.entries(numbers))
      t.equal(numberIn(format, Number(number)), text, `${format} ${number}`);
});

const law =
  level(0, 'chineseCounting', '第%1章') + level(1, 'chineseCounting', '第%2条') + level(2, 'decimal', '%3.');

t.test('numbers begin anew under each parent, or run on when the list says so', async (t) => {
  const body = [0, 1, 2, 2, 1, 0, 1, 2].map((each) => p('甲', listed(1, each))).join('');
  t.same(await linesOf(t, body, { numbering: numbering(list(0, law, { 1: '' })) }), [
    ...['第一章　甲', '第一条　甲', '1.　甲', '2.　甲', '第二条　甲', '第二章　甲', '第一条　甲', '1.　甲'],
  ]);
  const running = law.replace('"第%2条"/>', '"第%2条"/><w:lvlRestart w:val="0"/>');
  t.same((await linesOf(t, body, { numbering: numbering(list(0, running, { 1: '' })) })).slice(5), [
    ...['第二章　甲', '第三条　甲', '1.　甲'],
  ]);
  const byChapter = law.replace('"%3."/>', '"%3."/><w:lvlRestart w:val="1"/>');
  const points = [0, 1, 2, 1, 2, 0, 1, 2].map((each) => p('甲', listed(1, each))).join('');
  t.same(
    (await linesOf(t, points, { numbering: numbering(list(0, byChapter, { 1: '' })) })).filter((each) =>
      /^\d/.test(each),
    ),
    ['1.　甲', '2.　甲', '1.　甲'],
  );
});

t.test('a level that was passed over counts as used', async (t) => {
  const levels = level(0, 'decimal', '%1') + level(1, 'decimal', '%1.%2') + level(2, 'decimal', '%1.%2.%3');
  const body = [1, 1, 0, 2, 1].map((each) => p('甲', listed(1, each))).join('');
  t.same(await linesOf(t, body, { numbering: numbering(list(0, levels, { 1: '' })) }), [
    ...['1.1　甲', '1.2　甲', '2　甲', '2.1.1　甲', '2.2　甲'],
  ]);
});

t.test('a label may hold the numbers of outer levels, also all in figures', async (t) => {
  const levels =
    level(0, 'chineseCounting', '%1、') +
    level(1, 'decimal', '%1.%2', '<w:isLgl/>') +
    level(2, 'lowerLetter', '%1-%2-%3）') +
    level(3, 'decimal', '%4.%9', '<w:suff w:val="nothing"/>');
  const body = [0, 0, 1, 2, 3].map((each) => p('甲', listed(1, each))).join('') + p('乙', listed(1, 8));
  t.same(await linesOf(t, body, { numbering: numbering(list(0, levels, { 1: '' })) }), [
    ...['一、　甲', '二、　甲', '2.1　甲', '二-1-a）　甲', '1.甲', '乙'],
  ]);
});

t.test('uses of one list go on from each other until one begins anew', async (t) => {
  const anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>';
  const own = `<w:lvlOverride w:ilvl="0">${level(0, 'decimalEnclosedCircle', '%1')}</w:lvlOverride>`;
  const uses = { 1: '', 2: '', 3: anew, 4: own };
  const body = [1, 2, 3, 3, 1, 4].map((each) => p('甲', listed(each))).join('');
  t.same(await linesOf(t, body, { numbering: numbering(list(0, level(0, 'decimal', '%1.'), uses)) }), [
    ...['1.　甲', '2.　甲', '5.　甲', '6.　甲', '7.　甲', '⑧　甲'],
  ]);
});

t.test(
  'styles number paragraphs, through what they are based on and by the level that names them',
  async (t) => {
    const linked = law.replace('"第%2条"/>', '"第%2条"/><w:pStyle w:val="Article"/>');
    const styles = [
      styled('Normal', '', 'w:default="1"'),
      styled('Chapter', `<w:pPr>${listed(1, 0)}</w:pPr>`),
      styled('Article', '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'),
      styled('Bold', '<w:basedOn w:val="Article"/>'),
      styled('Loop', '<w:basedOn w:val="Pool"/>') + styled('Pool', '<w:basedOn w:val="Loop"/>'),
    ].join('');
    const of = (style: string, more = '') => p('甲', `<w:pStyle w:val="${style}"/>${more}`);
    const off = '<w:numPr><w:numId w:val="0"/></w:numPr>';
    const body = [
      of('Chapter'),
      of('Article'),
      of('Bold'),
      of('Bold', off),
      of('Bold'),
      of('Loop'),
      p('乙'),
    ].join('');
    t.same(await linesOf(t, body, { styles, numbering: numbering(list(0, linked, { 1: '' })) }), [
      ...['第一章　甲', '第一条　甲', '第二条　甲', '甲', '第三条　甲', '甲', '乙'],
    ]);
  },
);

t.test('a list may take its levels from a list style', async (t) => {
  const styles = styled('Outline', `<w:pPr>${listed(1)}</w:pPr>`);
  const linking = list(1, '<w:numStyleLink w:val="Outline"/>', { 2: '' });
  const parts = { styles, numbering: numbering(list(0, law, { 1: '' }), linking) };
  t.same(await linesOf(t, p('甲', listed(2)) + p('乙', listed(2, 1)), parts), ['第一章　甲', '第一条　乙']);
});

t.test('a format that older programs do not know is read, not what they are offered instead', async (t) => {
  const format = `<mc:AlternateContent><mc:Choice Requires="w14"><w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback><w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent>`;
  const parts = { numbering: numbering(list(0, level(0, 'none', '%1', format), { 1: '' })) };
  t.same(await linesOf(t, p('甲', listed(1)), parts), ['001　甲']);
});

t.test('bullets are dots or dashes; hidden and empty labels are none', async (t) => {
  const lists = [
    list(0, level(0, 'bullet', '\uf0b7') + level(1, 'bullet', '－'), { 1: '' }),
    list(1, level(0, 'none', '') + level(1, 'decimal', '%2', '<w:rPr><w:vanish/></w:rPr>'), { 2: '' }),
  ];
  const body = [listed(1), listed(1, 1), listed(2), listed(2, 1), listed(7)]
    .map((each) => p('甲', each))
    .join('');
  const { text, notes } = await read(
    t,
    tinyDocx(body + p('', listed(1)), { numbering: numbering(...lists) }),
  );
  t.same(text.split('\n'), ['·　甲', '——甲', '甲', '甲', '甲']);
  t.same(notes, []);
});

t.test('a line holds what a person sees of it', async (t) => {
  const fieldOf = (instruction: string, result: string | null) =>
    [
      '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
      `<w:r><w:instrText>${instruction}</w:instrText><w:t>不见</w:t></w:r>`,
      result === null ? '' : `<w:r><w:fldChar w:fldCharType="separate"/></w:r>${run(result)}`,
      '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    ].join('');
  const cases: readonly (readonly [string, string, string])[] = [
    [
      'tabs and hyphens',
      r('<w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t><w:softHyphen/>'),
      '甲\t乙-丙',
    ],
    ['tab stops are no tabs', `<w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>${run('甲')}`, '甲'],
    ['breaks', r('<w:t>甲</w:t><w:br/><w:t>乙</w:t><w:br w:type="page"/><w:t>丙</w:t><w:cr/>'), '甲\n乙\n丙'],
    [
      'signs of fonts',
      r('<w:sym w:font="Wingdings" w:char="F0FE"/><w:sym w:font="Symbol" w:char="F0B3"/>'),
      '☑≥',
    ],
    [
      'signs of unknown fonts',
      r('<w:sym w:font="X" w:char="F0FE"/><w:sym w:font="X" w:char="2460"/>'),
      '〓①',
    ],
    ['spaces only where they are kept', r('<w:t> 甲 </w:t>') + run(' 乙'), '甲 乙'],
    ['line ends of the file are spaces', r('<w:t>甲\n乙\u00ad丙</w:t>'), '甲 乙丙'],
    ['what a field gave', fieldOf('REF a', '第三条') + run('，'), '第三条，'],
    [
      'a field within a field',
      fieldOf(`IF </w:instrText></w:r>${fieldOf('A', '不见')}<w:r><w:instrText>`, '甲'),
      '甲',
    ],
    ['a character in a circle', fieldOf('eq \\o\\ac(○,3)', null) + run('甲'), '③甲'],
    ['hidden text is not seen', `<w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r>${run('甲')}`, '甲'],
    ['text that is not hidden is', `<w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>甲</w:t></w:r>`, '甲'],
    [
      'pronunciation is not text',
      `<w:r><w:ruby><w:rt>${run('jiǎ')}</w:rt><w:rubyBase>${run('甲')}</w:rubyBase></w:ruby></w:r>`,
      '甲',
    ],
    [
      'links and controls',
      `<w:hyperlink>${run('甲')}</w:hyperlink><w:sdt><w:sdtContent>${run('乙')}</w:sdtContent></w:sdt>`,
      '甲乙',
    ],
    [
      'what is to be filled in',
      `<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>${run('不见')}</w:sdtContent></w:sdt>${run('甲')}`,
      '甲',
    ],
    [
      'a fraction',
      '<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>',
      '1/2',
    ],
    ['characters written as numbers', run('&#x7532;&amp;&lt;'), '甲&<'],
  ];
  for (const [name, content, seen] of cases)
    t.equal((await read(t, tinyDocx(`<w:p>${content}</w:p>`))).text, seen, name);
});

t.test('an unfinished field takes no further paragraph with it', async (t) => {
  const begun = '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:t>不见</w:t></w:r></w:p>';
  t.same(await linesOf(t, p('甲') + begun + p('乙')), ['甲', '', '乙']);
});

t.test('tracked changes are read as accepted', async (t) => {
  const gone = (text: string) => `<w:del><w:r><w:delText>${text}</w:delText><w:t>${text}</w:t></w:r></w:del>`;
  const body = [
    `<w:p>${run('应当')}${gone('立即')}<w:ins>${run('及时')}</w:ins>${run('清运')}</w:p>`,
    `<w:p><w:pPr><w:rPr><w:del/></w:rPr>${listed(1)}</w:pPr>${gone('整段')}</w:p>`,
    `<w:p><w:pPr>${listed(1)}<w:pPrChange><w:pPr>${listed(0)}</w:pPr></w:pPrChange></w:pPr>${run('甲')}</w:p>`,
    `<w:p><w:moveFrom>${run('乙')}</w:moveFrom></w:p><w:p><w:moveTo>${run('乙')}</w:moveTo></w:p>`,
    p('合', '<w:rPr><w:del/></w:rPr>') + p('并', listed(1)),
  ].join('');
  const parts = { numbering: numbering(list(0, level(0, 'decimal', '%1.'), { 1: '' })) };
  const { text, notes } = await read(t, tinyDocx(body, parts));
  t.same(text.split('\n'), ['应当及时清运', '1.　甲', '', '乙', '2.　合并']);
  t.same(notes.find((note) => note.key === 'trackedChanges')?.count, 7);
});

t.test('a text box stands once, behind its paragraph; pictures are counted', async (t) => {
  const box = `<w:txbxContent>${p('框内')}${p('两行')}</w:txbxContent>`;
  const twice = `<mc:AlternateContent><mc:Choice Requires="wps"><wps:txbx>${box}</wps:txbx></mc:Choice><mc:Fallback><v:textbox>${box}</v:textbox></mc:Fallback></mc:AlternateContent>`;
  const body = `<w:p>${run('前')}<w:r>${twice}</w:r>${run('后')}</w:p><w:p><w:r><pic:pic/></w:r></w:p>${p('末')}`;
  const { text, notes } = await read(t, tinyDocx(body));
  t.same(text.split('\n'), ['前后', '框内', '两行', '', '末']);
  t.same(notes, [
    { key: 'textBoxes', count: 1 },
    { key: 'pictures', count: 1 },
  ]);
});

t.test('a large first letter belongs to its paragraph', async (t) => {
  t.same(await linesOf(t, p('为', '<w:framePr w:dropCap="drop"/>') + p('了保持整洁。')), ['为了保持整洁。']);
});

t.test('footnotes stand at the end, behind their marks, in the order of the text', async (t) => {
  const note = (id: number, text: string) => `<w:footnote w:id="${id}">${p(text)}</w:footnote>`;
  const ref = (id: number) => `<w:r><w:footnoteReference w:id="${id}"/></w:r>`;
  const body = `<w:p>${run('甲')}${ref(3)}${run('。')}</w:p><w:p>${run('乙')}${ref(2)}<w:r><w:endnoteReference w:id="1"/></w:r></w:p>`;
  const line = `<w:footnote w:id="0" w:type="separator">${p('不见')}</w:footnote>`;
  const footnotes = line + note(2, '乙注') + note(3, ' 甲注') + note(4, '无人提到');
  const endnotes = `<w:endnote w:id="1">${p('尾')}${p('注')}</w:endnote>`;
  const { text, notes } = await read(t, tinyDocx(body, { footnotes, endnotes }));
  t.same(text.split('\n'), ['甲[1]。', '乙[2][i]', '[1] 甲注', '[2] 乙注', '[i] 尾', '注']);
  t.same(notes, [{ key: 'footnotes', count: 3 }]);
});

t.test('headers and footers are left out, and noted when they say something', async (t) => {
  const { text, notes } = await read(t, tinyDocx(p('甲'), { header: p('内部资料') }));
  t.same([text, notes], ['甲', [{ key: 'pageFurniture', count: 1 }]]);
  t.same((await read(t, tinyDocx(p('甲'), { header: p('— 3 —') }))).notes, []);
});

t.test('tables are rows of cells, merged cells leave empty ones', async (t) => {
  const span = (count: number) => `<w:tcPr><w:gridSpan w:val="${count}"/></w:tcPr>`;
  const down = (value: string) => `<w:tcPr><w:vMerge${value && ` w:val="${value}"`}/></w:tcPr>`;
  const body = table([
    [span(3) + p('统计表')],
    [p('序号', listed(1)), p('名|称'), p('一行') + p('') + p('二行')],
    [down('restart') + p('甲'), p('乙'), p('丙')],
    [down('') + p('看不见'), p('丁'), p('')],
    [p(''), p(''), p('')],
  ]);
  const late = '<w:tbl><w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc><w:p/></w:tc></w:tr></w:tbl>';
  const parts = { numbering: numbering(list(0, level(0, 'decimal', '%1'), { 1: '' })) };
  const { text, notes } = await read(t, tinyDocx(`${p('前')}${body}${late}${p('后')}`, parts));
  t.same(text.split('\n'), [
    '前',
    '| 统计表 |  |  |',
    '| 1　序号 | 名\\|称 | 一行\\n二行 |',
    '| 甲 | 乙 | 丙 |',
    '|  | 丁 |  |',
    '',
    '后',
  ]);
  t.same(notes, [
    { key: 'automaticNumbers', count: 1 },
    { key: 'mergedCells', count: 2 },
  ]);
});

t.test('deleted rows are gone, rows and cells within controls are not', async (t) => {
  const cells = `<w:tc>${p('甲')}</w:tc><w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent><w:tc>${p('乙')}</w:tc></w:sdtContent></w:sdt>`;
  const gone = `<w:tr><w:trPr><w:del/></w:trPr><w:tc>${p('不见')}</w:tc></w:tr>`;
  const late = `<w:tr><w:trPr><w:gridBefore w:val="1"/></w:trPr><w:tc>${p('丙')}</w:tc></w:tr>`;
  t.same(await linesOf(t, `<w:tbl><w:tr>${cells}</w:tr>${gone}${late}</w:tbl>`), [
    '| 甲 | 乙 |',
    '|  | 丙 |',
  ]);
});

t.test(
  'a table that only arranges the page gives paragraphs; one inside a cell becomes its text',
  async (t) => {
    const inner = table([
      [p('一'), p('二')],
      [p('三'), p('四')],
    ]);
    t.same(await linesOf(t, table([[p('第一条 甲。') + p('第二条 乙。')]])), ['第一条 甲。', '第二条 乙。']);
    t.same(await linesOf(t, table([[p('甲') + inner]])), ['甲', '| 一 | 二 |', '| 三 | 四 |']);
    t.same(await linesOf(t, table([[p('甲') + inner, p('乙')]])), ['| 甲\\n一　二\\n三　四 | 乙 |']);
    const long = '县乡两级河道。'.repeat(500);
    t.same(await linesOf(t, table([[p(long), p('乙')]])), [long, '乙']);
  },
);

t.test('what is typed comes out again, whatever it is', async (t) => {
  const typed = fc.array(fc.string({ unit: 'grapheme' }).map(plain), { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(typed, async (texts) => {
      const result = await readDocx(tinyDocx(texts.map((each) => p(xml(each))).join('')));
      const wanted = texts.map((each) => each.trim()).filter((each) => each !== '');
      if (wanted.length === 0) t.same(result, { refusal: 'empty' });
      else t.same('text' in result && result.text.split('\n').filter((each) => each !== ''), wanted);
    }),
    { numRuns: 50 },
  );
});

t.test('files that cannot be read are refused for what they are', async (t) => {
  const good = tinyDocx(p('甲'));
  const macro = 'application/vnd.ms-word.document.macroEnabled.main+xml';
  const sheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml';
  const nested = `${'<w:sdt>'.repeat(1000)}${'</w:sdt>'.repeat(1000)}`;
  const bomb = '<!DOCTYPE w [<!ENTITY a "甲"><!ENTITY b "&a;&a;">]>';
  const parts = docxParts(p('甲'));
  const only = (change: object) =>
    parts.map((part) => ({ ...part, ...(part.name === 'word/document.xml' && change) }));
  const cases: readonly (readonly [string, Uint8Array, string])[] = [
    ['no text', tinyDocx(p('')), 'empty'],
    ['an empty zip', tinyZip([]), 'empty'],
    ['half a file', good.subarray(0, good.length / 2), 'corrupt'],
    ['another zip', tinyZip([{ name: 'a.txt', content: '甲' }]), 'unknownKind'],
    ['a sheet', tinyDocx(p('甲'), { mainType: sheet }), 'unknownKind'],
    ['a macro file by its type', tinyDocx(p('甲'), { mainType: macro }), 'macros'],
    [
      'a macro file by its parts',
      tinyDocx(p('甲'), { others: [{ name: 'word/vbaProject.bin', content: '' }] }),
      'macros',
    ],
    ['a part that is encrypted', tinyZip(only({ isEncrypted: true })), 'encrypted'],
    ['a part that is damaged', tinyZip(only({ claimedSum: 7 })), 'corrupt'],
    ['a part that is missing', tinyZip(parts.filter((part) => part.name !== 'word/document.xml')), 'corrupt'],
    ['XML that ends early', tinyZip(only({ content: '<w:document><w:body>' })), 'corrupt'],
    ['bytes that are no text', tinyZip(only({ content: Uint8Array.of(0x3c, 0xff, 0xff) })), 'corrupt'],
    ['entities of its own', tinyDocx(p('甲'), { prolog: bomb }), 'corrupt'],
    ['an unknown entity', tinyDocx(p('&nbsp;')), 'corrupt'],
    ['elements without end', tinyDocx(nested), 'corrupt'],
  ];
  for (const [name, file, refusal] of cases) t.same(await readDocx(file), { refusal }, name);
  t.ok('text' in (await readDocx(good)));
});

t.test('a zip bomb is known by what it unfolds to, not by what it claims', async (t) => {
  const spaces = ' '.repeat(30_000_000);
  const body = { name: 'word/document.xml', isPacked: true, content: `<w:document>${spaces}</w:document>` };
  const bomb = docxParts('').map((part) => (part.name === body.name ? { ...body, claimedSize: 10 } : part));
  t.same(await readDocx(tinyZip(bomb)), { refusal: 'zipBomb' });
  const limits = { total: 5_000, ratio: 1000, slack: 0, entries: 100 };
  const long = p('县乡两级河道'.repeat(500));
  t.same(await readDocx(tinyDocx(long), undefined, limits), { refusal: 'zipBomb' });
  t.same(await readDocx(tinyDocx(p('甲')), undefined, { ...limits, entries: 3 }), { refusal: 'zipBomb' });
  t.ok('text' in (await readDocx(tinyDocx(p('甲')), undefined, limits)));
});

t.test('progress rises with the body', async (t) => {
  const heard: number[] = [];
  const content = docxParts(p('县乡两级河道。').repeat(5000)).map((part) => ({ ...part, isPacked: true }));
  t.ok('text' in (await readDocx(tinyZip(content), (percent) => heard.push(percent))));
  t.ok(heard.length > 5);
  t.same(
    heard,
    [...new Set(heard)].sort((one, other) => one - other),
  );
});

t.test('other prefixes, the strict dialect and UTF-16 are read alike', async (t) => {
  const odd = (content: string | Uint8Array) =>
    tinyZip(docxParts('').map((part) => (part.name === 'word/document.xml' ? { ...part, content } : part)));
  const body = '<x:body><x:p><x:pPr><x:pStyle x:val="1"/></x:pPr><x:r><x:t>甲</x:t></x:r></x:p></x:body>';
  const strict = `<x:document xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main">${body}</x:document>`;
  t.equal((await read(t, odd(strict))).text, '甲');
  t.equal(
    (await read(t, odd(strict.replaceAll('x:', '').replace('xmlns:x', 'xmlns').replace('="1"', '="2"'))))
      .text,
    '甲',
  );
  t.equal((await read(t, odd(Buffer.from(`\ufeff${strict}`, 'utf16le')))).text, '甲');
});

t.test('a Word file is known by its content, whatever its name', async (t) => {
  t.match(await readFile(tinyDocx(p('甲')), '草案.pdf'), { kind: 'docx', text: '甲' });
});

function r(content: string): string {
  return `<w:r>${content}</w:r>`;
}

async function read(t: Test, file: Uint8Array) {
  const result = await readDocx(file);
  if ('refusal' in result) throw new Error(`refused: ${result.refusal}`);
  t.equal(result.kind, 'docx');
  return result;
}

async function linesOf(t: Test, body: string, parts: DocxParts = {}): Promise<string[]> {
  return (await read(t, tinyDocx(body, parts))).text.split('\n');
}

/** Text without what a file cannot hold or does not show. */
function plain(text: string): string {
  return text.replace(/[\p{C}\s]/gu, ' ').replace(/[\ufffe\uffff]/g, '');
}

function xml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

function* expectedTree(numeral: (number: number) => string = chineseNumeral): Generator<string[]> {
  let article = 0;
  for (const [index, { heading, articles }] of chapters.entries()) {
    const chapter = `第${numeral(index + 1)}章`;
    yield [chapter, heading, ''];
    for (const { text, items = [] } of articles) {
      article += 1;
      yield [`第${numeral(article)}条`, text, chapter];
      for (const [item, words] of items.entries())
        yield [`（${numeral(item + 1)}）`, words, `第${numeral(article)}条`];
    }
  }
}
