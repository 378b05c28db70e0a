import { sql } from 'kysely';
import type { Deed } from './ledger.ts';
import type { Db } from './session.ts';

/** A deed as it was written down. */
export interface WrittenDeed {
  readonly what: Deed;
  readonly detail: Readonly<Record<string, unknown>>;
}

const mostSince = 100;

/** What an officer did last with a consultation; undefined where 100 deeds of others came since. */
export async function lastDeed(
  db: Db,
  consultationId: number,
  officerId: number,
): Promise<WrittenDeed | undefined> {
  const { rows } = await sql<WrittenDeed>`
    select what, detail from (
      select * from ledger_entries where consultation_id = ${consultationId} order by id desc limit ${mostSince}) e
    where officer_id = ${officerId} order by id desc limit 1`.execute(db);
  return rows[0];
}
