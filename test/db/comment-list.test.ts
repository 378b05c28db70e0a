import assert from 'node:assert/strict';
import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { pairComments } from '../../src/actions/pair-comments.ts';
import { allConditionsOf, tablesOf, type WrittenFilter } from '../../src/db/comment-filter.ts';
import { countComments, idsBefore, idsFrom } from '../../src/db/comment-list.ts';
import { commentsWithWords } from '../../src/db/comment-words.ts';
import { type DeskComment, deskComments } from '../../src/db/comments.ts';
import { insertScreenings } from '../../src/db/screenings.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { type Channel, stances } from '../../src/domain/comment.ts';
import { type CommentFilter, everyComment } from '../../src/domain/comment-filter.ts';
import type { Officer } from '../../src/domain/officer.ts';
import { loadSpellings } from '../../src/script.ts';
import { publish } from '../consultation.ts';
import { stored } from '../submitted.ts';
import { testSite } from '../support.ts';
import { tallied } from '../tallied.ts';

const texts = [
  '建议延长公示期。',
  '公示的期限太短，請延長公示期。',
  '示范小区公告栏',
  'WiFi 覆盖 5G',
  'ＷＩＦＩ 太慢',
  '\u212am/h 限速',
  '𠮷野家门口',
];
const words = [
  '公示',
  '公示期',
  '延长',
  '延長',
  'wifi',
  '5g',
  'ｗｉ',
  'km/h',
  '示',
  '𠮷野',
  '期%',
  '公示 延长',
  '无此词',
  '-0',
];

const comments = fc.array(
  fc.record({
    clause: fc.constantFrom('', 'art_3', 'art_4'),
    stance: fc.constantFrom(...stances),
    text: fc.constantFrom(...texts),
    channel: fc.constantFrom<Channel>('online', 'letter'),
    hidden: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
const history = fc.array(fc.record({ comments, tallied: fc.boolean(), paired: fc.boolean() }), {
  minLength: 1,
  maxLength: 4,
});
const asked = fc.record({
  clause: fc.constantFrom('', 'whole', 'art_3'),
  channel: fc.constantFrom<Channel | ''>('', '', 'letter'),
  stance: fc.constantFrom('' as const, '' as const, ...stances),
  screening: fc.constantFrom('' as const, '' as const, 'hidden' as const, 'waiting' as const),
  words: fc.constantFrom('', ...words),
  most: fc.constantFrom(0, 3, 2_000),
  from: fc.nat(),
  kept: fc.nat(),
});

t.test(
  'a list holds what its filter says from any place on, however far counting and looking up have come',
  async (t) => {
    const { db, clock, officers } = await testSite(t);
    const officer = officers['caseworker'] as Officer;
    await fc.assert(
      fc.asyncProperty(history, fc.array(asked, { minLength: 5, maxLength: 12 }), async (steps, lists) => {
        const consultation = await publish(db, officer, clock());
        const isHiddenOf: boolean[] = [];
        for (const step of steps) {
          for (const { hidden: isHidden, channel, ...comment } of step.comments) {
            await stored(db, consultation, [comment], {
              channel,
              entered: channel === 'online' ? null : { by: officer.id, at: clock() },
              receivedAt: consultation.publishedAt,
            });
            isHiddenOf.push(isHidden);
          }
          const ids = (await deskComments(db, consultation.id)).map(({ id }) => id).sort((a, b) => a - b);
          const hidden = ids.filter((_, index) => isHiddenOf[index]);
          const screening = { verdict: 'hidden' as const, reason: '含有广告' };
          await transaction(db, (trx) => insertScreenings(trx, hidden, screening, officer.id, clock()));
          if (step.tallied) await tallied(db, { portion: 3, most: 2, least: 1 });
          if (step.paired)
            await pairComments(db, () => new Date(clock().getTime() + 3_600_000), { least: 1 });
        }
        const all = await deskComments(db, consultation.id);
        for (const { most, from, kept, clause, ...given } of lists) {
          const clauseId = all.find(({ clauseAddress }) => clauseAddress === clause)?.clauseId ?? '';
          const filter: CommentFilter = {
            ...everyComment,
            ...given,
            clause: clause === 'art_3' ? clauseId : (clause as 'whole' | ''),
          };
          await compare(db, consultation.id, {
            filter,
            most,
            start: all[from % all.length]?.id ?? 0,
            kept,
            order: all,
          });
        }
      }),
      { numRuns: 12 },
    );
  },
);

async function compare(
  db: Db,
  consultationId: number,
  {
    filter: asked,
    most,
    start,
    kept,
    order,
  }: {
    readonly filter: CommentFilter;
    readonly most: number;
    readonly start: number;
    /** Which of the comments of its clause stays in the list, answer or not. */
    readonly kept: number;
    readonly order: readonly DeskComment[];
  },
): Promise<void> {
  const spell = await loadSpellings();
  const spellings = asked.words === '' ? [] : asked.words.split(' ').map(spell);
  const filter: WrittenFilter = { ...asked, spellings, assignees: null };
  const expected = await readAll(db, consultationId, filter);
  const among = await commentsWithWords(db, consultationId, filter.spellings, most);
  const list = { consultationId, filter, among, count: expected.length, keep: 0 };
  const said = JSON.stringify({ asked, among });
  assert.equal(await countComments(db, list, 1_000), expected.length, said);
  assert.deepEqual(await idsFrom(db, list, 0, 100), expected, said);
  assert.deepEqual(await idsBefore(db, list, 0, 100), [], said);
  const placeOf = new Map(order.map(({ id }, index) => [id, index]));
  const isBefore = (id: number) => (placeOf.get(id) ?? 0) < (placeOf.get(start) ?? 0);
  const before = expected.filter(isBefore).reverse().slice(0, 3);
  const from = expected.filter((id) => !isBefore(id)).slice(0, 3);
  assert.deepEqual(await idsBefore(db, list, start, 3), before, said);
  assert.deepEqual(await idsFrom(db, list, start, 3), from, said);
  const ofClause = order.filter(
    ({ clauseId }) => asked.clause === '' || (clauseId ?? 'whole') === asked.clause,
  );
  const keep = ofClause[kept % ofClause.length]?.id ?? 0;
  const withKept = order.map(({ id }) => id).filter((id) => id === keep || expected.includes(id));
  assert.deepEqual(await idsFrom(db, { ...list, keep }, 0, 100), withKept, `${said}, ${keep} kept`);
}

// Every comment read, nothing looked up.
async function readAll(db: Db, consultationId: number, filter: WrittenFilter): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select k.id from ${tablesOf(filter)} left join clauses l on l.id = k.clause_id
    where k.consultation_id = ${consultationId} and ${allConditionsOf(filter)}
    order by coalesce(l.position, -1), coalesce(l.id, 0), k.id`.execute(db);
  return rows.map(({ id }) => id);
}
