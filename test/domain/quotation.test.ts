import fc from 'fast-check';
import t from 'tap';
import { quotable, quotationIn } from '../../src/domain/quotation.ts';

const clause = fc
  .array(fc.constantFrom('供', '水', '𠮷', 'a', 'b', '1', '；', ' ', '\n', '\t', '　'), { maxLength: 200 })
  .map((characters) => characters.join(''));
const spaces = (text: string) => text.replace(/\s+/gu, ' ').trim();

t.test('words are found wherever they stand, however their lines are broken', async () => {
  fc.assert(
    fc.property(
      clause,
      fc.nat(),
      fc.nat(60),
      fc.constantFrom('', ' ', '\n', '　'),
      (text, from, count, space) => {
        const characters = [...spaces(text)];
        const start = characters.length > 0 ? from % characters.length : 0;
        const words = characters.slice(start, start + count).join('');
        fc.pre(words.trim() !== '');
        const found = quotationIn(quotable(text), [...words].join(space));
        return found !== null && found.exact.replaceAll(' ', '') === words.replaceAll(' ', '');
      },
    ),
  );
});

t.test('a quotation stands in its text, between what it says stands around it', async () => {
  fc.assert(
    fc.property(clause, clause, (text, words) => {
      const found = quotationIn(quotable(text), words);
      if (!found) return words.trim() === '' || !text.replace(/\s/gu, '').includes(words.replace(/\s/gu, ''));
      const { prefix, exact, suffix } = found;
      const lengths = [[...prefix].length, [...suffix].length];
      return (
        spaces(text).includes(prefix + exact + suffix) &&
        lengths.every((length) => length <= 32) &&
        [prefix, exact, suffix].every((each) => each.isWellFormed())
      );
    }),
  );
});

t.test('the context is 32 characters, less only at the ends', async (t) => {
  const text = `${'𠮷'.repeat(40)}此处${'水'.repeat(10)}`;
  t.strictSame(quotationIn(quotable(text), '此处'), {
    exact: '此处',
    prefix: '𠮷'.repeat(32),
    suffix: '水'.repeat(10),
  });
  t.equal(quotationIn(quotable(text), ''), null);
});
