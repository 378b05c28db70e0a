import { sql } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import { isKept } from './kept-notices.ts';
import type { Db } from './session.ts';

// Each asks once about any number of consultations: a page of two hundred costs no more questions than a page of one.
type Ids = readonly number[];

/** The channels that are ticked as looked through, by consultation. */
export async function channelsChecked(db: Db, ids: Ids): Promise<Map<number, Channel[]>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; channels: Channel[] }>`
    select id, array_agg(channel) as channels from (
      select distinct on (consultation_id, channel) consultation_id as id, channel, checked from channel_checks
      where consultation_id = any(${ids}::bigint[]) order by consultation_id, channel, channel_checks.id desc) latest
    where checked group by id`.execute(db);
  return new Map(rows.map(({ id, channels }) => [id, channels]));
}

/** What the approver said last of the newest notice, by consultation; nothing was said of those without an entry. */
export async function verdictsOn(db: Db, ids: Ids): Promise<Map<number, 'signed' | 'returned'>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<{ id: number; verdict: 'signed' | 'returned' }>`
    select n.consultation_id as id, g.verdict
    from (select distinct on (n.consultation_id) n.id, n.consultation_id from feedback_notices n
      where n.consultation_id = any(${ids}::bigint[]) and ${isKept} order by n.consultation_id, n.sequence desc) n
    join lateral (select verdict from notice_signings where notice_id = n.id order by id desc limit 1) g on true`.execute(
    db,
  );
  return new Map(rows.map(({ id, verdict }) => [id, verdict]));
}

/** How many tables of submissions were tried and wait for an officer to have them entered, by consultation. */
export async function sheetsToConfirm(db: Db, ids: Ids): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<Counted>`
    select consultation_id as id, count(*)::int as count from sheet_imports
    where consultation_id = any(${ids}::bigint[]) and state in ('checked', 'stopped') group by 1`.execute(db);
  return byId(rows);
}

interface Counted {
  readonly id: number;
  readonly count: number;
}

function byId(rows: readonly Counted[]): Map<number, number> {
  return new Map(rows.map(({ id, count }) => [id, count]));
}
