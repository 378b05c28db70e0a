import fc from 'fast-check';
import t from 'tap';
import { type Comparable, foldedWords } from '../../src/domain/groups/distinct-texts.ts';
import { type FoundGroup, findGroups } from '../../src/domain/groups/find.ts';
import { suggestedPortions } from '../../src/domain/groups/suggest.ts';
import { chanceFrom, copyOf, letter, type MadeComment, madeComments, turned } from './groups-texts.ts';

t.test('what only typing makes different is one text', async (t) => {
  const texts = ['建议改为“三十日”，谢谢！', '建议改为"三十日",谢谢!', ' 建议 改为三十日。\n谢谢'];
  t.same(idsOf(groupsOf(texts)), [[0, 1, 2]]);
  t.equal(foldedWords('ＡＢＣ　１２'), foldedWords('abc 12'));
});

t.test('copies of a letter are found, and words of one’s own are left alone', async (t) => {
  const made = madeComments(6_000, 40, chanceFrom(11));
  const { recall, precision } = measure(made, findGroups(made.map(comparable), new Map()));
  t.ok(recall >= 0.98, `recall ${recall}`);
  t.ok(precision >= 0.999, `precision ${precision}`);
});

t.test('a letter that asks for the opposite does not join it', async (t) => {
  const chance = chanceFrom(5);
  for (let number = 0; number < 200; number += 1) {
    const text = letter(number, chance);
    t.same(
      idsOf(groupsOf([text, turned(text), copyOf(text, chance)])).filter((ids) => ids.includes(1)),
      [],
    );
  }
});

t.test('near misses about one clause stay apart', async (t) => {
  const clause =
    '从事餐饮服务的单位和个人应当自取得营业执照之日起三十日内，向所在地的区市场监督管理部门备案，并将备案编号在经营场所的显著位置公示；未按期备案的，由区市场监督管理部门责令限期改正，逾期不改正的，处五百元以上二千元以下罚款。';
  const apart = [
    ['同意第七条', '不同意第七条'],
    ['建议把罚款上限从二千元提高到五千元', '建议把罚款上限从二千元降低到一千元'],
    ['建议备案期限由三十日改为六十日，方便小店办理', '建议备案期限由三十日改为九十日，方便小店办理'],
    [`第七条规定“${clause}”，这里没有说外卖网店怎么办。`, `第七条规定“${clause}”，公示位置请统一画个图。`],
    ['建议增加对老年人的优惠。', '建议增加对大学生的优惠。'],
  ];
  for (const texts of apart) t.same(idsOf(groupsOf(texts, clause)), [], texts.join());
});

t.test('a short text says little without its clause and stance', async (t) => {
  const on = (id: number, clause: number, stance: string) => ({
    id,
    clause,
    stance,
    words: foldedWords('同意。'),
  });
  const comments = [on(1, 7, 'support'), on(2, 8, 'support'), on(3, 7, 'support'), on(4, 7, 'delete')];
  t.same(idsOf(findGroups(comments, new Map())), [[1, 3]]);
});

t.test('a letter on several clauses is one group, and nothing is no text', async (t) => {
  const text = letter(1, chanceFrom(3));
  const comments = [0, 1, 2].map((id) => ({ id, clause: id, stance: 'amend', words: foldedWords(text) }));
  t.same(idsOf(findGroups(comments, new Map())), [[0, 1, 2]]);
  t.same(groupsOf(['……', '！！']), []);
});

t.test('a text longer than what is compared finds its copies', async (t) => {
  const chance = chanceFrom(9);
  const long = (number: number) => Array.from({ length: 12 }, () => letter(number, chance)).join('');
  const [text, other] = [long(1), long(2)];
  t.ok(text.length > 2_000);
  t.same(idsOf(groupsOf([text, other, text, `${text}此致`])), [[0, 2, 3]]);
});

t.test('no comment is in two groups, and the order in which comments come changes nothing', async (t) => {
  const orders = fc
    .tuple(fc.integer({ min: 1, max: 1e9 }), fc.integer({ min: 0, max: 90 }))
    .chain(([seed, share]) => {
      const made = madeComments(120, share, chanceFrom(seed));
      return fc.tuple(fc.constant(made), fc.shuffledSubarray(made, { minLength: made.length }));
    });
  fc.assert(
    fc.property(orders, ([made, shuffled]) => {
      const groups = findGroups(made.map(comparable), new Map());
      const ids = groups.flatMap((group) => group.ids);
      t.equal(new Set(ids).size, ids.length);
      t.ok(groups.every((group) => group.ids.length > 1 && group.ids.includes(group.sample)));
      t.same(findGroups(shuffled.map(comparable), new Map()), groups);
    }),
    { numRuns: 40 },
  );
});

t.test('suggestions go in portions of no more members than that, and nothing of them is lost', async (t) => {
  const sizes = fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 });
  fc.assert(
    fc.property(sizes, fc.integer({ min: 1, max: 20 }), (lengths, most) => {
      const groups = lengths.map((length, group) => ({
        ids: Array.from({ length }, (_, index) => 100 * group + index),
        ...{ sample: 100 * group, joins: null },
      }));
      const portions = [...suggestedPortions(groups, most)];
      const sizesOf = portions.map((portion) => portion.flatMap(({ ids }) => ids).length);
      t.ok(sizesOf.slice(0, -1).every((size) => size === most) && sizesOf.every((size) => size <= most));
      const together = groups.map((group, position) => ({
        ...group,
        ids: portions.flat().flatMap((part) => (part.position === position ? part.ids : [])),
      }));
      t.same(together, groups);
    }),
  );
});

function comparable({ id, clause, stance, text }: MadeComment): Comparable {
  return { id, clause, stance, words: foldedWords(text) };
}

function groupsOf(texts: readonly string[], clause = ''): readonly FoundGroup[] {
  const comments = texts.map((text, id) => ({ id, clause: 7, stance: 'amend', words: foldedWords(text) }));
  return findGroups(comments, new Map([[7, foldedWords(clause)]]));
}

function idsOf(groups: readonly FoundGroup[]): (readonly number[])[] {
  return groups.map(({ ids }) => ids);
}

/** Over all pairs of copies of one letter: how many stand in one group, and how many pairs of a group are such. */
function measure(made: readonly MadeComment[], groups: readonly FoundGroup[]) {
  const letters = made.map((comment) => comment.letter);
  const truth = pairs(count(letters.filter((each) => each !== null)));
  const found = groups.map(({ ids }) => count(ids.map((id) => letters[id] ?? `own ${id}`)));
  const right = found.reduce((sum, counts) => sum + pairs(counts), 0);
  const all = groups.reduce((sum, { ids }) => sum + (ids.length * (ids.length - 1)) / 2, 0);
  return { recall: right / truth, precision: right / all };
}

function count(keys: readonly unknown[]): Map<unknown, number> {
  const counts = new Map<unknown, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

function pairs(counts: ReadonlyMap<unknown, number>): number {
  return [...counts.values()].reduce((sum, each) => sum + (each * (each - 1)) / 2, 0);
}
