import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** A search for alike comments that whoever holds its lease is at work on. */
export interface LeasedSearch {
  readonly id: number;
  readonly consultationId: number;
  /** How often it was begun, this time included. */
  readonly attempts: number;
  readonly leasedUntil: Date;
}

/** Lets a search wait for a consultation; one that waits already is not doubled. `officerId` is null for the closing's. */
export async function queueSearch(
  trx: Trx,
  consultationId: number,
  officerId: number | null,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('group_searches')
    .values({ consultation_id: consultationId, officer_id: officerId, created_at: now })
    .onConflict((conflict) => conflict.column('consultation_id').where('state', '=', 'waiting').doNothing())
    .execute();
}

/** Lets one search wait for each consultation that closed since its last one and whose answer is not published. */
export async function queueClosedSearches(db: Db, now: Date): Promise<void> {
  await sql`
    insert into group_searches (consultation_id, created_at)
    select c.id, ${now} from consultations c
    where c.closed_at is not null and c.withdrawn_at is null
      and not exists (select 1 from group_searches g where g.consultation_id = c.id and g.created_at >= c.closed_at)
      and not exists (
        select 1 from feedback_notices n join notice_publications p on p.notice_id = n.id where n.consultation_id = c.id)
      and exists (select 1 from comments k where k.consultation_id = c.id offset 1)
    on conflict (consultation_id) where state = 'waiting' do nothing`.execute(db);
}

/** Takes the oldest search whose holder is none or did not come back in time; nobody else gets it for `leaseMs`. */
export async function takeNextSearch(db: Db, now: Date, leaseMs: number): Promise<LeasedSearch | undefined> {
  const { rows } = await sql<LeasedSearch>`
    update group_searches
    set leased_until = ${new Date(now.getTime() + leaseMs)}, attempts = attempts + 1
    where id = (
      select id from group_searches
      where state = 'waiting' and (leased_until is null or leased_until <= ${now})
      order by id limit 1 for update skip locked)
    returning id, consultation_id as "consultationId", attempts, leased_until as "leasedUntil"`.execute(db);
  return rows[0];
}

/**
 * Notes how far a search is, unless it was further before it broke off, and holds it until `until`; undefined when it
 * went to somebody else.
 */
export async function searchGotOn(
  db: Db,
  lease: LeasedSearch,
  percent: number,
  until: Date,
): Promise<LeasedSearch | undefined> {
  const row = await leased(db, lease)
    .set({ percent: sql`greatest(percent, ${percent})`, leased_until: until })
    .returning('id')
    .executeTakeFirst();
  return row && { ...lease, leasedUntil: until };
}

/** Gives a search back: whoever comes next goes on with it. */
export async function giveSearchBack(db: Db, lease: LeasedSearch): Promise<void> {
  await leased(db, lease).set({ leased_until: null }).execute();
}

/** How a search ended. */
export interface SearchEnd {
  readonly state: 'done' | 'failed';
  /** How many comments were compared. */
  readonly comments: number;
  /** Distinct texts beyond what a search compares with each other. */
  readonly passedOver: number;
}

/** Ends a search; false when it went to somebody else. */
export async function endSearch(
  trx: Trx,
  lease: LeasedSearch,
  { state, comments, passedOver }: SearchEnd,
  now: Date,
): Promise<boolean> {
  const row = await leased(trx, lease)
    .set({ state, comments, passed_over: passedOver, percent: 100, leased_until: null, finished_at: now })
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

function leased(db: Db, { id, leasedUntil }: LeasedSearch) {
  return db.updateTable('group_searches').where('id', '=', id).where('leased_until', '=', leasedUntil);
}
