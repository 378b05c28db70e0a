import fc from 'fast-check';
import t from 'tap';
import { hiddenCharacters, stretchesOf } from '../../src/domain/hidden-characters.ts';
import { markedText } from '../../src/domain/marked-text.ts';
import { personalNumbers } from '../../src/domain/personal-numbers.ts';

const found = (text: string) =>
  personalNumbers(text).map(({ kind, start, end }) => `${kind} ${text.slice(start, end)}`);

t.test('numbers are found however they were typed', async (t) => {
  const cases: Readonly<Record<string, readonly string[]>> = {
    请打13812345678联系: ['phone 13812345678'],
    '１３８　１２３４－５６７８': ['phone １３８　１２３４－５６７８'],
    '𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖': ['phone 𝟏𝟑𝟖𝟏𝟐𝟑𝟒𝟓𝟔𝟕𝟖'],
    '138\u200b1234\u20605678': ['phone 138\u200b1234\u20605678'],
    '+86 138-1234-5678 或 8613912345678': ['phone 86 138-1234-5678', 'phone 8613912345678'],
    '13812345678、13912345678 13712345678': ['phone 13812345678', 'phone 13912345678', 'phone 13712345678'],
    微信wx13812345678: ['phone 13812345678'],
    '2026-03-01 13812345678': ['phone 13812345678'],
    '0571-88881234，（010）6512 3456转12': ['phone 0571-88881234', 'phone 010）6512 3456'],
    '电话：8888 1234': ['phone 8888 1234'],
    '身份证11010519491231002Ｘ。': ['residentId 11010519491231002Ｘ'],
    '110105 19491231 002x': ['residentId 110105 19491231 002x'],
    旧证330106490101123: ['residentId 330106490101123'],
    '旧证330106 490101 123': ['residentId 330106 490101 123'],
    '卡号6222 0212 3456 7890 128': ['bankCard 6222 0212 3456 7890 128'],
    '4111111111111111': ['bankCard 4111111111111111'],
    'zhang.san@qq.com，张三＠ａ．ｃｏｍ': ['email zhang.san@qq.com'],
    'ｚｓ＠ｑｑ．ｃｏｍ': ['email ｚｓ＠ｑｑ．ｃｏｍ'],
  };
  for (const [text, expected] of Object.entries(cases)) t.same(found(text), expected, text);
});

t.test('what only looks like one is none', async (t) => {
  for (const text of [
    '投资13800000000元，合1.38亿元',
    '合同额￥13812345678',
    '1990-01-01 123',
    '20180301-20260301',
    '1949.10.11 1949-10-10 10000平方米',
    '110105194912310021',
    '4111111111111112',
    '统一社会信用代码91330100MA27XR4T8A',
    '第88881234号令',
    '12345',
    '@ @a a@ a@b 张三@',
  ])
    t.same(found(text), [], text);
});

const digit = fc.integer({ min: 0, max: 9 });
const digits = (count: number) =>
  fc.array(digit, { minLength: count, maxLength: count }).map((list) => list.join(''));
const separator = fc.constantFrom('', ' ', '-', '　', '－', '\u200b');
const width = fc.boolean();
const wide = (text: string) =>
  text.replace(/\d/g, (each) => String.fromCharCode(each.charCodeAt(0) + 0xfee0));
const mobile = fc
  .tuple(fc.integer({ min: 3, max: 9 }), digits(1), digits(4), digits(4), separator, separator, width)
  .map(([second, third, middle, end, one, two, isWide]) => {
    const number = `1${second}${third}${one}${middle}${two}${end}`;
    return isWide ? wide(number) : number;
  });
const mailbox = fc
  .tuple(fc.stringMatching(/^[a-z][a-z0-9._-]{0,10}[a-z0-9]$/), fc.stringMatching(/^[a-z]{2,8}\.(cn|com)$/))
  .map(([local, host]) => `${local}@${host}`);
const residentId = fc.tuple(fc.integer({ min: 1940, max: 2020 }), digits(3)).map(([year, tail]) => {
  const number = `330106${year}0501${tail}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  const sum = weights.reduce((total, weight, at) => total + weight * Number(number[at]), 0);
  return number + '10X98765432'[sum % 11];
});
const bankCard = digits(15).map((start) => {
  const number = `6${start.slice(1)}`;
  const sum = [...number].reverse().reduce((total, each, at) => {
    const value = at % 2 === 0 ? Number(each) * 2 : Number(each);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return number + String((10 - (sum % 10)) % 10);
});
const plain = fc.constantFrom(
  '建议',
  '请',
  '联系，',
  '。\n',
  '我是',
  '第三条',
  '（一）',
  '〔2018〕37号',
  '2026年3月1日',
  '2026-03-01 09:00',
  '3000元',
  '1,234,567.89元',
  '第12条第3款',
  '国办发〔2024〕1号',
  '45.6%',
  '100~200米',
);
const personal = fc.oneof(
  mobile.map((number) => ({ kind: 'phone', number })),
  residentId.map((number) => ({ kind: 'residentId', number })),
  bankCard.map((number) => ({ kind: 'bankCard', number })),
  mailbox.map((number) => ({ kind: 'email', number })),
);

t.test('every number among other words is found whole, and nothing else', async () => {
  const sentence = fc.array(fc.tuple(fc.array(plain, { minLength: 1, maxLength: 4 }), fc.option(personal)), {
    maxLength: 6,
  });
  fc.assert(
    fc.property(sentence, (parts) => {
      const text = parts.map(([words, one]) => `${words.join('')}，${one ? `${one.number}。` : ''}`).join('');
      const expected = parts.flatMap(([, one]) => (one ? [`${one.kind} ${one.number}`] : []));
      return JSON.stringify(found(text)) === JSON.stringify(expected);
    }),
    { numRuns: 2_000 },
  );
});

t.test('articles, dates, amounts and document numbers hold no personal number', async () => {
  const year = fc.integer({ min: 1949, max: 2099 });
  const harmless = fc.oneof(
    fc.integer({ min: 1, max: 9999 }).map((n) => `第${n}条`),
    fc.tuple(year, fc.integer({ min: 1, max: 999 })).map(([y, n]) => `〔${y}〕${n}号`),
    fc
      .tuple(year, fc.integer({ min: 10, max: 12 }), fc.integer({ min: 10, max: 28 }))
      .map((d) => d.join('-')),
    fc
      .tuple(year, fc.integer({ min: 10, max: 12 }), fc.integer({ min: 10, max: 28 }))
      .map((d) => d.join('.')),
    fc.bigInt({ min: 0n, max: 10n ** 18n }).map((n) => `${n}元`),
    fc.integer({ min: 0, max: 999_999 }).map((n) => `${n.toLocaleString('en')}.50`),
    fc.integer({ min: 0, max: 99_999 }).map((n) => `${n}平方米`),
  );
  const between = fc.constantFrom('、', '，', '至', ' ', '和', '\n');
  fc.assert(
    fc.property(fc.array(fc.tuple(harmless, between), { maxLength: 8 }), (parts) => {
      const text = parts.flat().join('');
      return found(text).length === 0;
    }),
    { numRuns: 2_000 },
  );
});

t.test(
  'in any text numbers stand in order and apart, and marked pieces lose no visible character',
  async () => {
    const any = fc.array(
      fc.oneof(
        fc.string({ unit: 'grapheme' }),
        fc.string({ unit: 'binary' }),
        mobile,
        fc.constant('\u200b'),
        fc.constant('аbc'),
      ),
    );
    fc.assert(
      fc.property(any, (parts) => {
        const text = parts.join('').toWellFormed();
        const ranges = personalNumbers(text);
        const isOrdered = ranges.every(
          ({ start, end }, at) => start < end && start >= (ranges[at - 1]?.end ?? 0),
        );
        const together = stretchesOf(text)
          .map((stretch) => stretch.text)
          .join('');
        const hidden = stretchesOf(text).filter(({ code }) => code !== '').length;
        const signs = markedText(text).filter(({ kind }) => kind === 'hidden').length;
        const shown = markedText(text)
          .filter(({ kind }) => kind !== 'hidden')
          .map((piece) => piece.text)
          .join('');
        const seen = stretchesOf(text)
          .filter(({ code }) => code === '')
          .map((stretch) => stretch.text)
          .join('');
        return (
          isOrdered &&
          together === text &&
          hidden === hiddenCharacters(text) &&
          signs === hidden &&
          shown === seen
        );
      }),
      { numRuns: 1_000 },
    );
  },
);

t.test('what would deceive the eye is shown by its code; what belongs to a text is left alone', async (t) => {
  const signs = (text: string) =>
    markedText(text)
      .map((piece) => piece.text)
      .join('');
  t.equal(signs('赞\u200b成'), '赞⟨U+200B⟩成');
  t.equal(signs('a\u{e0041}b'), 'a⟨U+E0041⟩b');
  t.equal(signs('1\u2009000'), '1⟨U+2009⟩000');
  t.equal(signs('\u202e倒'), '⟨U+202E⟩倒');
  t.equal(signs('аdmin'), 'а⟨U+0430⟩dmin', 'a Cyrillic letter in a Latin word');
  for (const text of ['5μm，αβ，Привет', '❤️👨‍👩‍👧', '葛\u{e0100}城', '第一条　标题 x', '一\n二\t三'])
    t.equal(hiddenCharacters(text), 0, text);
});

t.test('a number is marked in one piece, but for what is hidden in it', async (t) => {
  t.same(markedText('打138\u200b12345678吧'), [
    { kind: 'plain', text: '打' },
    { kind: 'number', text: '138' },
    { kind: 'hidden', text: '⟨U+200B⟩' },
    { kind: 'number', text: '12345678' },
    { kind: 'plain', text: '吧' },
  ]);
});
