import { sql } from 'kysely';
import type { Channel } from '../domain/comment.ts';
import type { Disposition, Outcome } from '../domain/disposition.ts';
import { portionsOf } from '../domain/portions.ts';
import { clausePlaceholder, wholeDraftWords } from '../domain/reply-template.ts';
import { inTime } from './late.ts';
import type { Db, Trx } from './session.ts';

/** A comment as a page had it: `seen` is the id of the disposition it showed, 0 for none. */
export interface SeenDisposition {
  readonly id: number;
  readonly seen: number;
}

/** What of some comments is not as it was seen, and how many of them have a disposition. */
export interface SeenAgain {
  /** Ids of those that cannot have a disposition: late, withdrawn, or none of the consultation's. */
  readonly strange: readonly number[];
  /** Ids of those that somebody decided on meanwhile. */
  readonly changed: readonly number[];
  readonly disposed: number;
}

/** Looks at comments again, however many, in one statement. */
export async function seeAgain(
  db: Db,
  consultationId: number,
  comments: readonly SeenDisposition[],
): Promise<SeenAgain> {
  const [ids, seen] = [comments.map(({ id }) => id), comments.map((comment) => comment.seen)];
  const { rows } = await sql<SeenAgain>`
    select coalesce(array_agg(w.id order by w.id) filter (where k.id is null), '{}')::float8[] as strange,
      coalesce(array_agg(w.id order by w.id) filter (where k.id is not null and coalesce(d.id, 0) <> w.seen), '{}')::float8[]
        as changed,
      (count(*) filter (where d.outcome is not null))::int as disposed
    from unnest(${ids}::bigint[], ${seen}::bigint[]) w (id, seen)
    left join (comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id)
      on k.id = w.id and k.consultation_id = ${consultationId} and ${inTime} and s.withdrawn_at is null
    left join lateral (select id, outcome from dispositions where comment_id = w.id order by id desc limit 1) d on true`.execute(
    db,
  );
  return rows[0] ?? { strange: [], changed: [], disposed: 0 };
}

/**
 * Adds the same disposition to each of these comments in one statement, the clause of each in the place of the
 * reason's placeholder; earlier ones stay as history.
 */
export async function insertDispositions(
  trx: Trx,
  commentIds: readonly number[],
  { outcome, reason }: Disposition,
  { officerId, batchId = null }: { readonly officerId: number; readonly batchId?: number | null },
  now: Date,
): Promise<void> {
  const inOrder = [...commentIds].sort((a, b) => a - b);
  for (const ids of portionsOf(inOrder))
    await sql`
    insert into dispositions (comment_id, outcome, reason, batch_id, officer_id, created_at)
    select k.id, ${outcome}, replace(${reason}::text, ${clausePlaceholder},
        coalesce(nullif(l.citation, ''), nullif(l.heading, ''), ${wholeDraftWords})),
      ${batchId}::bigint, ${officerId}::bigint, ${now}::timestamptz
    from comments k left join clauses l on l.id = k.clause_id
    where k.id = any(${ids}::bigint[]) order by k.id`.execute(trx);
}

/** A decision on a comment as it stands in its history; without outcome an earlier one was taken back. */
export interface DispositionEntry {
  readonly id: number;
  readonly outcome: Outcome | null;
  readonly reason: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Every disposition of a comment, oldest first. */
export async function dispositionsOf(db: Db, commentId: number): Promise<DispositionEntry[]> {
  return db
    .selectFrom('dispositions as d')
    .innerJoin('officers as o', 'o.id', 'd.officer_id')
    .select(['d.id', 'd.outcome', 'd.reason', 'o.name as officerName', 'd.created_at as createdAt'])
    .where('d.comment_id', '=', commentId)
    .orderBy('d.id')
    .execute();
}

/** Ticks a channel as looked through, or takes the tick back. */
export async function insertChannelCheck(
  trx: Trx,
  check: {
    readonly consultationId: number;
    readonly channel: Channel;
    readonly checked: boolean;
    /** How many 件 were found there in time. */
    readonly found: number | null;
    readonly officerId: number;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('channel_checks')
    .values({
      consultation_id: check.consultationId,
      channel: check.channel,
      checked: check.checked,
      found: check.found,
      officer_id: check.officerId,
      created_at: now,
    })
    .execute();
}
