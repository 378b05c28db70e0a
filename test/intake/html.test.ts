import t from 'tap';
import { readHtml } from '../../src/intake/html.ts';
import { encoded } from './encoded.ts';

async function textOf(body: string): Promise<string> {
  const result = await readHtml(Buffer.from(`<!doctype html><body>${body}`));
  return 'text' in result ? result.text : result.refusal;
}

async function notesOf(body: string) {
  const result = await readHtml(Buffer.from(`<!doctype html><body>${body}`));
  return 'notes' in result ? result.notes : [];
}

t.test('blocks and br make lines, other elements none', async (t) => {
  t.equal(
    await textOf('<h1>办法</h1><div>第一条 <b>为</b>了<a href=x>保洁</a></div>甲<br>乙<p>丙'),
    '办法\n第一条 为了保洁\n甲\n乙\n丙',
  );
  t.equal(await textOf('<span style="display:block">甲</span>乙<p style="display: inline">丙'), '甲\n乙丙');
  t.equal(await textOf('<pre>第一行\n  第二行</pre>'), '第一行\n  第二行');
});

t.test('white space is what a browser makes of it', async (t) => {
  t.equal(
    await textOf('<p>\n  为了加强\n  河道保洁，\n  制定 <b> A\n B</b>\n'),
    '为了加强河道保洁，制定 A B',
  );
  t.equal(
    await textOf('<p>第一条\n为了</p><p>　　第二章&nbsp;&#19968;&lt;&amp;'),
    '第一条 为了\n　　第二章\u00a0一<&',
  );
});

t.test('what no reader sees, and what stands beside the text, is left out', async (t) => {
  const seen = '<main><header><h1>办法</h1></header><p>条文';
  for (const unseen of [
    '<script>var a="<p>x"</script>',
    '<style>p{}</style>',
    '<noscript><p>x</noscript>',
    '<div hidden>x</div>',
    '<div style="color:red; DISPLAY : none">x</div>',
    '<p style="visibility:hidden">x</p>',
    '<nav>首页</nav>',
    '<header>县政府</header>',
    '<footer>版权</footer>',
    '<aside>推荐</aside>',
    '<div role=navigation>栏目</div>',
    '<select><option>x</select><button>打印</button><textarea>x</textarea>',
    '<template><p>x</template><svg><text>x</text></svg>',
    '<!-- x --><!--[if gte mso 9]><xml><w:View>x</w:View></xml><![endif]-->',
  ])
    t.equal(await textOf(unseen + seen), '办法\n条文', unseen);
  t.equal(await textOf('<header><h1>办法</h1><p>条文</header>'), '办法\n条文', 'unless nothing is left then');
  t.equal(await textOf('<p>甲<del>乙</del><ins>丙</ins>'), '甲丙');
  t.same(await notesOf('<p>甲<del>乙</del><img src=a><img width=16 src=b>'), [
    { key: 'pictures', count: 1 },
    { key: 'trackedChanges', count: 1 },
  ]);
});

t.test('numbers of a list are written out as they show', async (t) => {
  const cases: readonly [string, string][] = [
    ['<ol><li>甲<li>乙</ol>', '1. 甲\n2. 乙'],
    ['<ol start=3><li>甲<li value=9>乙<li>丙</ol>', '3. 甲\n9. 乙\n10. 丙'],
    ['<ol reversed><li>甲<li>乙</ol>', '2. 甲\n1. 乙'],
    ['<ol type=A start=26><li>甲<li>乙</ol>', 'Z. 甲\nAA. 乙'],
    ['<ol type=i start=9><li>甲<li>乙</ol>', 'ix. 甲\nx. 乙'],
    ['<ol style="list-style-type:cjk-ideographic" start=11><li>甲</ol>', '十一、甲'],
    ['<ol><li><p><span style="display:block;float:left">（三）</span>甲</ol>', '（三） 甲'],
    ['<ol style="list-style:none"><li>甲</ol><ul><li>乙</ul>', '甲\n乙'],
    ['<ol><li>甲<ol><li>乙</ol><li>丙</ol>', '1. 甲\n1. 乙\n2. 丙'],
    ['<ol><li><p>甲</p><p>乙</p><li></li><li>丙</ol>', '1. 甲\n乙\n3. 丙'],
    [
      '<ol><li>一、甲<li>（二）乙<li>第三条 丙<li>4．丁<li>5年</ol>',
      '一、甲\n（二）乙\n第三条 丙\n4．丁\n5. 5年',
    ],
  ];
  for (const [body, text] of cases) t.equal(await textOf(body), text, body);
  t.same(await notesOf('<ol><li>甲<li>2. 乙</ol>'), [{ key: 'automaticNumbers', count: 1 }]);
});

t.test('a table with columns and rows becomes lines between bars', async (t) => {
  t.equal(
    await textOf('<table><caption>表</caption><tr><th>序号<th>名|称<tr><td>1<td>水面<br>岸边</table>后'),
    '表\n| 序号 | 名\\|称 |\n| 1 | 水面\\n岸边 |\n后',
  );
  const merged =
    '<table><tr><td rowspan=2>甲<td colspan=2>乙<tr><td>丙<td>丁<tr><td>1<td>2<td>3<tr><td colspan=999>完';
  t.equal(await textOf(merged), '| 甲 | 乙 |  |\n|  | 丙 | 丁 |\n| 1 | 2 | 3 |\n| 完 |  |  |');
  t.same(await notesOf(merged), [{ key: 'mergedCells', count: 3 }]);
});

t.test('a table that only arranges the page is plain text', async (t) => {
  t.equal(await textOf('<table><tr><td>甲<tr><td>乙</table>'), '甲\n乙', 'one column');
  t.equal(await textOf('<table><tr><td>甲<td>乙</table>'), '甲\n乙', 'one row');
  t.equal(await textOf('<table role=presentation><tr><td>1<td>2<tr><td>3<td>4</table>'), '1\n2\n3\n4');
  const inner = '<table><tr><td>1<td>2<tr><td>3<td>4</table>';
  t.equal(
    await textOf(`<table><tr><td>栏目<td>${inner}<tr><td>甲<td>乙</table>`),
    '栏目\n| 1 | 2 |\n| 3 | 4 |\n甲\n乙',
  );
  const long = '<p>第一条 条文。'.repeat(500);
  t.match(await textOf(`<table><tr><td>栏目<td>${long}<tr><td>甲<td>乙</table>`), /^栏目\n第一条 条文。\n/);
});

t.test('a page that Word saved keeps the numbers Word made', async (t) => {
  const number = (label: string) =>
    `<![if !supportLists]><span lang=EN-US style='font-family:宋体'><span style='mso-list:Ignore'>${label}<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>`;
  const page = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- @list l0 --></style><!--[if gte mso 9]><xml><o:x>x</o:x></xml><![endif]--></head><body lang=ZH-CN><div class=WordSection1>
<p class=MsoNormal align=center><b>办法<span lang=EN-US><o:p></o:p></span></b></p>
<p class=MsoListParagraph style='text-indent:-21.0pt;mso-list:l0 level1 lfo1'>${number('第一条')}为了加强
河道保洁。</p>
<p class=MsoListParagraph style='mso-list:l0 level1 lfo1'>${number('第二条')}保洁。</p>
<p class=MsoNormal style='display:none;mso-hide:all'>隐藏</p></div>
<div style='mso-element:header'><p>页眉</p></div></body></html>`;
  const result = await readHtml(Buffer.from(page));
  if (!('text' in result)) throw new Error(result.refusal);
  t.same(result.text.replaceAll('\u00a0', ' ').split('\n'), [
    '办法',
    '第一条   为了加强河道保洁。',
    '第二条   保洁。',
  ]);
  t.same(result.notes, [{ key: 'automaticNumbers', count: 2 }]);
});

t.test('the encoding is the one the bytes show, or the page names', async (t) => {
  const words = '河道保洁管理办法，第一条　为了加强保洁。';
  const page = (meta: string) => `<html><head>${meta}</head><body><p>${words}</p>`;
  const named = page('<meta http-equiv="Content-Type" content="text/html; charset=gb2312">');
  const read = async (bytes: Uint8Array) => readHtml(bytes);
  t.same(await read(encoded(named, 'gb18030')), { kind: 'html', text: words, notes: [] });
  t.match(await read(Buffer.from(named)), { text: words }, 'a page stored anew in UTF-8');
  t.match(await read(encoded(page('<meta charset=utf-8>'), 'gb18030')), {
    text: words,
    notes: [{ key: 'guessedEncoding' }],
  });
});

t.test('hostile pages are read in one pass: deep, wide or unclosed', async (t) => {
  const many = 100_000;
  for (const piece of [
    '<div>',
    '<ul><li>',
    '<table><tr><td>',
    '<b><p>',
    '<ol start=9999999999><li>',
    '<td colspan=1000 rowspan=65000>',
  ])
    t.match(await textOf(`${piece.startsWith('<td') ? '<table>' : ''}${piece.repeat(many)}底`), /底/, piece);
  t.equal((await textOf('<p>中\n'.repeat(many))).length, 2 * many - 1);
});
