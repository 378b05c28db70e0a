import fc from 'fast-check';
import t from 'tap';
import { foldedWords, textCollector } from '../../src/domain/groups/distinct-texts.ts';
import { groupsOf, readFrom } from '../../src/domain/groups/find.ts';
import { type ComparedPart, leadersOf } from '../../src/domain/groups/leaders.ts';
import { chanceFrom, letter, type MadeComment, madeComments } from './groups-texts.ts';

t.test(
  'a search that is gone on with finds what it would have found, from wherever it broke off',
  async (t) => {
    const made = madeComments(4_600, 10, chanceFrom(21));
    const [distinct, words] = [collected(made), wordsOf(made)];
    const parts: ComparedPart[] = [];
    const whole = readFrom(
      words,
      groupsOf(distinct, new Map(), { kept: [], onPart: (part) => parts.push(part) }),
    );
    t.ok(whole.groups.length > 5 && parts.length > 1);
    const leaders = parts.flatMap((part) => [...part.leaders]);
    for (const kept of [leaders.slice(0, 1), leaders.slice(0, 2_000), leaders]) {
      const later: ComparedPart[] = [];
      const notes = { kept, onPart: (part: ComparedPart) => later.push(part) };
      t.same(readFrom(words, groupsOf(distinct, new Map(), notes)), whole);
      t.same(
        later.map(({ from }) => from),
        parts.map(({ from }) => from).filter((from) => from >= kept.length),
        'and keeps the rest',
      );
    }
  },
);

t.test('the mark is the same for the same comments and another for others', async (t) => {
  const made = fc.integer({ min: 1, max: 1e9 }).map((seed) => madeComments(40, 50, chanceFrom(seed)));
  const orders = made.chain((all) =>
    fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })),
  );
  fc.assert(
    fc.property(orders, ([all, shuffled]) => {
      const { mark } = collected(all);
      t.equal(collected(shuffled).mark, mark);
      t.not(collected(all.slice(1)).mark, mark);
      const [first, ...others] = all as [MadeComment, ...MadeComment[]];
      t.not(collected([{ ...first, text: `${first.text}另加一句与众不同的话。` }, ...others]).mark, mark);
    }),
    { numRuns: 30 },
  );
});

t.test(
  'what is kept of texts is bounded: beyond it copies are found, and it is told how many texts were passed over',
  async (t) => {
    const chance = chanceFrom(4);
    const [one, other, third] = [letter(1, chance), letter(2, chance), letter(3, chance)];
    const texts = asComments([one, other, third, one, `${third}此致敬礼`, third, other]);
    const find = (characters: number) =>
      readFrom(
        wordsOf(texts),
        groupsOf(collected(texts), new Map(), undefined, { leaders: 100, characters }),
      );
    const { groups, passedOver } = find(foldedWords(one).length + 10);
    t.same(
      groups.map(({ ids }) => ids),
      [
        [0, 3],
        [1, 6],
        [2, 5],
      ],
    );
    t.equal(passedOver, 3);
    t.same(
      find(10_000).groups.map(({ ids }) => ids),
      [
        [2, 4, 5],
        [0, 3],
        [1, 6],
      ],
    );
  },
);

t.test('texts beyond the most that can lead join the commonest ones, and no others', async (t) => {
  const chance = chanceFrom(8);
  const [one, other] = [letter(1, chance), letter(2, chance)];
  const comments = asComments([one, one, other, `${one}谢谢`, `${other}谢谢`]);
  const { leaders, passedOver } = readFrom(
    wordsOf(comments),
    leadersOf(collected(comments), new Map(), undefined, { leaders: 1, characters: 10_000 }),
  );
  t.same([...leaders], [0, 1, 0, 3]);
  t.equal(passedOver, 2);
});

function asComments(texts: readonly string[]): MadeComment[] {
  return texts.map((text, id) => ({ id, clause: 7, stance: 'amend', text, letter: null }));
}

function collected(comments: readonly MadeComment[]) {
  const collector = textCollector();
  for (const { id, clause, stance, text } of comments)
    collector.add({ id, clause, stance, words: foldedWords(text) });
  return collector.collected();
}

function wordsOf(comments: readonly MadeComment[]): Map<number, string> {
  return new Map(comments.map(({ id, text }) => [id, foldedWords(text)]));
}
