import fc from 'fast-check';
import t from 'tap';
import { certainPairs, pairsOf } from '../../src/domain/pairs.ts';

t.test('a text has every certain pair of a word it holds, in whatever case', async (t) => {
  const cases = [
    ['km/h', '限速60\u212am/h'],
    ['公示期', '延长公示期。'],
    ['id', '\u0130D 卡'],
    ['ｗｉ', 'ＷＩＦＩ'],
    ['𠮷野家', '𠮷野家门口'],
  ] as const;
  for (const [word, text] of cases) {
    const pairs = certainPairs(7, word);
    t.ok(pairs.length > 0 && pairs.every((pair) => pairsOf(7, [text]).includes(pair)), word);
  }
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.integer({ min: 1 }), (before, word, after, id) => {
      const has = new Set(pairsOf(id, [before + word.toUpperCase() + after]));
      // Letters whose other case is longer, or is not theirs alone, are none of those that are asked for.
      const ascii = word.replace(/[^\x00-\x7f]/g, '');
      return ascii !== word || certainPairs(id, word).every((pair) => has.has(pair));
    }),
  );
});

t.test(
  'nothing is certain of a single character, or of letters whose cases databases disagree on',
  async (t) => {
    for (const word of ['', '期', 'éé', 'ΣΣ']) t.same(certainPairs(7, word), [], word);
  },
);
