import fc from 'fast-check';
import t from 'tap';
import { guessClause } from '../../src/domain/clause-guess.ts';
import { longestComment, mostComments } from '../../src/domain/comment.ts';
import type { Mail, MailHeader } from '../../src/domain/mail.ts';
import { automaticSign, isSpam } from '../../src/domain/mail-signs.ts';
import { consultationFor } from '../../src/domain/mail-sort.ts';
import { inComments, wordsOf } from '../../src/domain/mail-words.ts';
import { chineseNumeral } from '../../src/domain/numerals.ts';
import { characters } from '../../src/domain/text.ts';

const addresses = [
  ...[
    'chp_1',
    'art_1',
    'art_2',
    'chp_2',
    'art_3',
    'art_3__subpara_1',
    'art_3__subpara_2',
    'art_3__subpara_3',
  ],
  ...['art_4', 'art_4__para_2', 'art_4__para_2__subpara_1', 'art_12', 'art_12-1', 'annex_1', 'annex_1__h1_2'],
];
const guess = (text: string) =>
  guessClause(text, { draftName: '清源县农村供水管理办法（征求意见稿）', addresses });

t.test('the one clause that a text names is found, however it is written', async (t) => {
  for (const [text, address] of [
    ['第三条应当修改', 'art_3'],
    ['建议把第 3 条、也就是第三条删去', 'art_3'],
    ['第３条', 'art_3'],
    ['第三條第（二）項', 'art_3__subpara_2'],
    ['第三条(2)项', 'art_3__subpara_2'],
    ['第三条第一款第二项', 'art_3__subpara_2'],
    ['第四条第二款', 'art_4__para_2'],
    ['第四条第二款第（一）项', 'art_4__para_2__subpara_1'],
    ['第四条第九款', 'art_4'],
    ['第三条第九项', 'art_3'],
    ['第十二条之一', 'art_12-1'],
    ['第三条之规定', 'art_3'],
    ['第三条提3项建议', 'art_3'],
    ['第二章', 'chp_2'],
    ['第二部分', 'annex_1__h1_2'],
    ['第二章第三条', 'art_3'],
    ['《清源县农村供水管理办法》第三条', 'art_3'],
    ['根据《水法》第四条、第九十条，第三条应当修改', 'art_3'],
    ['根据《水法》（2016年修正）第四条', null],
    ['第三条和第四条', null],
    ['第九十九条', null],
    ['第三条和第九十九条', null],
    ['水价太高', null],
    ['三条意见', null],
  ] as const)
    t.equal(guess(text), address, text);
  const plan = ['h1_1', 'h1_2', 'h1_3', 'h1_3__h2_1', 'h1_3__h2_2', 'annex_1'];
  for (const [text, address] of [
    ['第三条', 'h1_3'],
    ['第三部分第（二）点', 'h1_3__h2_2'],
    ['第三条第二项', 'h1_3__h2_2'],
    ['第三条第二款', 'h1_3'],
    ['第四条', null],
  ] as const)
    t.equal(
      guessClause(text, { draftName: '加装电梯实施意见', addresses: plan }),
      address,
      `${text} of a plan`,
    );
  t.equal(
    guess('关于第三条：第三条第（二）项删去'),
    'art_3',
    'the whole article where only some mentions go further',
  );
});

t.test('a guess is a clause of the draft that the text names, and no other article is named', async (t) => {
  const written = fc
    .tuple(fc.integer({ min: 1, max: 14 }), fc.constantFrom('一', '1'), fc.constantFrom('', ' '))
    .map(([number, script, space]) => ({
      number,
      text: `第${space}${script === '1' ? number : chineseNumeral(number)}${space}条`,
    }));
  const words = fc.constantFrom('应当修改。', '建议', '\n', '水价', '和');
  fc.assert(
    fc.property(fc.array(fc.tuple(written, words), { maxLength: 6 }), (named) => {
      const found = guess(named.map(([{ text }, after]) => text + after).join(''));
      const numbers = new Set(named.map(([{ number }]) => number));
      const [only] = numbers;
      const expected = numbers.size === 1 && addresses.includes(`art_${only}`) ? `art_${only}` : null;
      t.equal(found, expected);
    }),
  );
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const found = guess(text);
      t.ok(found === null || addresses.includes(found));
    }),
  );
});

t.test('pieces of a text fit into comments, and joined they are the text', async (t) => {
  const line = fc
    .tuple(fc.constantFrom('甲', '𠮷', '\n', 'ab', ' '), fc.integer({ min: 0, max: 50_000 }))
    .map(([unit, times]) => unit.repeat(times));
  const text = fc.array(fc.oneof(line, fc.string()), { maxLength: 6 }).map((lines) => lines.join('\n'));
  fc.assert(
    fc.property(text, (text) => {
      const pieces = inComments(text) ?? [];
      t.equal(pieces.join('') === text, true);
      t.ok(pieces.every((piece) => piece !== '' && characters(piece) <= longestComment));
    }),
    { numRuns: 50 },
  );
  t.equal(inComments('甲'.repeat(longestComment * mostComments))?.length, mostComments);
  t.equal(inComments('甲'.repeat(longestComment * mostComments + 1)), null);
  t.same(inComments(''), []);
});

t.test('the subject is part of the words, once', async (t) => {
  t.equal(wordsOf({ subject: '对第三条的意见', text: '删去' }), '对第三条的意见\n\n删去');
  t.equal(wordsOf({ subject: '删去第三条', text: '建议删去第三条' }), '建议删去第三条');
  t.equal(wordsOf({ subject: '删去第三条', text: '' }), '删去第三条');
  t.equal(wordsOf({ subject: '', text: '' }), '');
});

const person: Mail = {
  ...{ messageId: '<a@example.cn>', subject: '意见', text: '第三条', files: [] },
  from: { name: '张三', address: 'zhangsan@example.cn' },
  headers: [
    { name: 'content-type', value: 'text/plain; charset=utf-8' },
    { name: 'return-path', value: '<zhangsan@example.cn>' },
    { name: 'x-spam-status', value: 'No, score=-1' },
    { name: 'auto-submitted', value: 'no' },
  ],
};
const withHeaders = (...pairs: readonly (readonly [string, string])[]): Mail => {
  const headers = pairs.map(([name, value]): MailHeader => ({ name, value }));
  return { ...person, headers: [...headers, ...person.headers.slice(0, 1)] };
};

t.test('what programs send is told from what people send', async (t) => {
  const ours = ['jianyan@example.cn'];
  const sign = (mail: Mail) => automaticSign(mail, ours);
  t.equal(sign(person), null);
  t.equal(sign({ ...person, subject: 'Re: 自动回复' }), null, 'a person may answer a program');
  for (const pair of [
    ['auto-submitted', 'auto-generated'],
    ['auto-submitted', 'auto-replied (vacation)'],
    ['precedence', 'bulk'],
    ['x-autoreply', 'yes'],
    ['list-id', '<news.example.cn>'],
  ] as const)
    t.equal(sign(withHeaders(pair)), 'autoReply', pair.join());
  for (const subject of [
    '自动回复:意见',
    '【自动回复】',
    'Automatic reply: x',
    'Out of office',
    'Auto-Reply',
  ])
    t.equal(sign({ ...person, subject }), 'autoReply', subject);
  t.equal(
    sign({ ...person, from: { name: '', address: 'Jianyan@example.cn' } }),
    'autoReply',
    'our own letter',
  );
  t.equal(sign(withHeaders(['return-path', '<>'])), 'bounce');
  t.equal(sign(withHeaders(['x-failed-recipients', 'a@b.cn'])), 'bounce');
  t.equal(sign({ ...person, from: { name: '', address: 'postmaster@example.cn' } }), 'bounce');
  const report = (type: string): Mail => ({
    ...person,
    headers: [{ name: 'content-type', value: `multipart/report; report-type=${type}; boundary=a` }],
  });
  t.equal(sign(report('delivery-status')), 'bounce');
  t.equal(sign(report('disposition-notification')), 'autoReply', 'that it was read');
});

t.test('spam is what the server says is spam, in the usual fields or in those that are set', async (t) => {
  const spam = [{ name: 'x-filter', value: 'Junk' }];
  t.notOk(isSpam(person, { spam }));
  t.ok(isSpam(withHeaders(['x-spam-flag', 'YES']), { spam: [] }));
  t.ok(isSpam(withHeaders(['x-spam-status', 'Yes, score=12']), { spam: [] }));
  t.notOk(isSpam(withHeaders(['x-filter', 'junk; 9']), { spam: [] }));
  t.ok(isSpam(withHeaders(['x-filter', 'junk; 9']), { spam }));
});

t.test('a message is about the consultation that it names, and about no other', async (t) => {
  const text = '';
  const water = { id: 1, number: '2026-0001', draftName: '清源县供水管理办法（征求意见稿）', text };
  const details = { id: 2, number: '2026-0002', draftName: '清源县供水管理办法实施细则（征求意见稿）', text };
  const dogs = { id: 3, number: '2026-0003', draftName: '清源县养犬管理办法（草案）', text };
  const again = { id: 4, number: '2026-0004', draftName: '清源县养犬管理办法（征求意见稿）', text };
  const all = [water, details, dogs, again];
  const about = (subject: string, text = '', candidates = all) =>
    consultationFor({ subject, text }, candidates)?.id ?? null;
  t.equal(about('2026-0002'), 2);
  t.equal(about('回执 2026-0001-000123'), 1);
  t.equal(about('电话 12026-00012'), null);
  t.equal(about('《清源县供水管理办法》'), 1);
  t.equal(about('关于《清源县供水管理办法 实施细则》'), 2, 'not the one whose name is part of it');
  t.equal(about('清源县供水管理办法实施细则和清源县供水管理办法'), null, 'both are named');
  t.equal(about('养犬', '清源县养犬管理办法'), null, 'two have that name');
  t.equal(
    about('清源县供水管理办法', '引用：清源县供水管理办法实施细则'),
    1,
    'the subject goes before the text',
  );
  const asking = [
    { ...water, text: '请在邮件主题或者信封上注明“农村供水意见”字样。' },
    { ...dogs, text: '电子邮箱：a@b.cn（并请注明 "养犬管理意见" 字样）' },
  ];
  t.equal(about('【养犬管理意见】', '水价太高', asking), 3, 'the words that the announcement asks for');
  t.equal(about('您好', '农村供水 意见：水价太高', asking), 1);
  t.equal(about('您好', '水价太高', asking), null);
  t.equal(about('您好', '水价太高'), null);
  t.equal(about('您好', '水价太高', [water]), 1, 'the only one there is');
  t.equal(about('您好', '水价太高', []), null);
});
