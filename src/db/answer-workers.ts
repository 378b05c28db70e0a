import { sql } from 'kysely';
import type { Deed } from './ledger.ts';
import type { Db } from './session.ts';

/** What counts as work on the answer. */
export const workOnAnswer: readonly Deed[] = [
  'submissionEntered',
  'sheetConfirmed',
  'commentsScreened',
  'commentRedacted',
  'commentDisposed',
  'groupConfirmed',
  'groupExtended',
  'commentsGrouped',
  'groupDissolved',
  'commentsDisposed',
  'dispositionTakenBack',
  'batchTakenBack',
  'channelChecked',
  'noticeWorded',
  'draftDropped',
  'draftKept',
  'correctionBegun',
  'correctionAbandoned',
];

/** Officers who worked on a consultation's answer: they entered comments, screened, gave dispositions or ticked channels. */
export async function workersOn(db: Db, consultationId: number): Promise<number[]> {
  return (await workersOnEach(db, [consultationId])).get(consultationId) ?? [];
}

/** The same of several consultations; those on which nobody worked are left out. */
export async function workersOnEach(db: Db, ids: readonly number[]): Promise<Map<number, number[]>> {
  if (ids.length === 0) return new Map();
  // From officer to officer, and to the first entry of a kind: there may be 100,000. Each min() is a look into the index,
  // where the planner would read all of them for a plain condition.
  const { rows } = await sql<{ id: number; officers: number[] }>`
    with recursive hands as (
      select c.id, (select min(e.officer_id) from ledger_entries e where e.consultation_id = c.id) as officer_id
      from unnest(${[...ids]}::bigint[]) as c(id)
      union all
      select h.id, (select min(e.officer_id) from ledger_entries e
        where e.consultation_id = h.id and e.officer_id > h.officer_id)
      from hands h where h.officer_id is not null
    )
    select h.id, array_agg(h.officer_id order by h.officer_id) as officers from hands h
    where h.officer_id is not null and exists (
      select from unnest(${[...workOnAnswer]}::text[]) as w(what)
      where (select min(e.what) from ledger_entries e
        where e.consultation_id = h.id and e.officer_id = h.officer_id and e.what >= w.what) = w.what)
    group by h.id`.execute(db);
  return new Map(rows.map(({ id, officers }) => [id, officers.map(Number)]));
}
