import { sql } from 'kysely';
import { portionsOf } from '../domain/portions.ts';
import type { Screening, Words } from '../domain/screening.ts';
import type { Db, Trx } from './session.ts';

/** A screening as it stands in the history of a comment. */
export interface ScreeningEntry extends Screening {
  readonly id: number;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** The published words of a comment as they stand in its history, with the reason why passages are covered. */
export interface RedactionEntry extends Words {
  readonly id: number;
  readonly reason: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Adds the same screening to each of these comments; earlier ones stay as history. */
export async function insertScreenings(
  trx: Trx,
  commentIds: readonly number[],
  { verdict, reason }: Screening,
  officerId: number,
  now: Date,
): Promise<void> {
  for (const ids of portionsOf(commentIds))
    await sql`
    insert into screenings (comment_id, verdict, reason, officer_id, created_at)
    select unnest(${ids}::bigint[]), ${verdict}, ${reason}, ${officerId}::bigint, ${now}::timestamptz`.execute(
      trx,
    );
}

/** A comment as it was seen: `seen` is its latest screening, `redaction` its latest redaction where that was looked at; 0 for none. */
export interface SeenScreening {
  readonly id: number;
  readonly seen: number;
  readonly redaction: number | null;
}

/** What of some comments is not as it was seen. */
export interface ScreenedAgain {
  /** True where one is none of the consultation's. */
  readonly strange: boolean;
  /** True where one was screened, covered or withdrawn meanwhile. */
  readonly changed: boolean;
}

/** Looks at comments again, however many, in one statement. */
export async function seeScreenedAgain(
  trx: Trx,
  consultationId: number,
  comments: readonly SeenScreening[],
): Promise<ScreenedAgain> {
  const column = (name: keyof SeenScreening) => sql`${comments.map((each) => each[name])}::bigint[]`;
  const { rows } = await sql<ScreenedAgain>`
    select coalesce(bool_or(k.id is null), false) as strange,
      coalesce(bool_or(s.withdrawn_at is not null or coalesce(g.id, 0) <> w.seen
        or coalesce(r.id, 0) <> coalesce(w.redaction, r.id, 0)), false) as changed
    from unnest(${column('id')}, ${column('seen')}, ${column('redaction')}) w (id, seen, redaction)
    left join (comments k join submissions s on s.id = k.submission_id)
      on k.id = w.id and k.consultation_id = ${consultationId}
    left join lateral (select id from screenings where comment_id = w.id order by id desc limit 1) g on true
    left join lateral (select id from redactions where comment_id = w.id order by id desc limit 1) r on true`.execute(
    trx,
  );
  return rows[0] ?? { strange: false, changed: false };
}

/** Adds the published words of a comment; earlier ones stay as history, and the comment as it was sent. */
export async function insertRedaction(
  trx: Trx,
  redaction: Words & { readonly commentId: number; readonly reason: string; readonly officerId: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('redactions')
    .values({
      comment_id: redaction.commentId,
      text: redaction.text,
      proposed_wording: redaction.proposedWording,
      quotation: redaction.quotation,
      reason: redaction.reason,
      officer_id: redaction.officerId,
      created_at: now,
    })
    .execute();
}

/** A comment as it was sent and as it is published, with what a page is known to be stale by. */
export interface Screenable {
  readonly id: number;
  readonly original: Words;
  readonly published: Words;
  readonly withdrawn: boolean;
  /** Ids of the latest screening and redaction, 0 for none. */
  readonly screeningId: number;
  readonly redactionId: number;
}

/** Those of these comments that are of the consultation, by id. */
export async function screenable(
  db: Db,
  consultationId: number,
  commentIds: readonly number[],
): Promise<Map<number, Screenable>> {
  const { rows } = await sql<ScreenableRow>`
    select k.id, k.text, k.proposed_wording as "proposedWording", coalesce(k.quotation ->> 'exact', '') as quotation,
      s.withdrawn_at is not null as withdrawn, to_jsonb(r) as redaction,
      coalesce((select max(id) from screenings where comment_id = k.id), 0)::int as "screeningId"
    from comments k join submissions s on s.id = k.submission_id
    left join lateral (select id, text, proposed_wording as "proposedWording", quotation from redactions
      where comment_id = k.id order by id desc limit 1) r on true
    where k.id = any(${[...commentIds]}::bigint[]) and k.consultation_id = ${consultationId}`.execute(db);
  return new Map(rows.map((row) => [row.id, toScreenable(row)]));
}

interface ScreenableRow extends Words {
  readonly id: number;
  readonly withdrawn: boolean;
  readonly screeningId: number;
  readonly redaction: (Words & { readonly id: number }) | null;
}

function toScreenable({ redaction, id, withdrawn, screeningId, ...original }: ScreenableRow): Screenable {
  if (!redaction) return { id, original, published: original, withdrawn, screeningId, redactionId: 0 };
  const { id: redactionId, ...published } = redaction;
  return { id, original, published, withdrawn, screeningId, redactionId };
}

/** Every screening of these comments, oldest first. */
export async function screeningsOf(
  db: Db,
  commentIds: readonly number[],
): Promise<Map<number, ScreeningEntry[]>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('screenings as g')
    .innerJoin('officers as o', 'o.id', 'g.officer_id')
    .select([
      'g.comment_id',
      'g.id',
      'g.verdict',
      'g.reason',
      'o.name as officerName',
      'g.created_at as createdAt',
    ])
    .where('g.comment_id', 'in', commentIds)
    .orderBy('g.id')
    .execute();
  return byComment(rows);
}

/** Every redaction of these comments, oldest first. */
export async function redactionsOf(
  db: Db,
  commentIds: readonly number[],
): Promise<Map<number, RedactionEntry[]>> {
  if (commentIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('redactions as r')
    .innerJoin('officers as o', 'o.id', 'r.officer_id')
    .select(['r.comment_id', 'r.id', 'r.text', 'r.proposed_wording as proposedWording', 'r.quotation'])
    .select(['r.reason', 'o.name as officerName', 'r.created_at as createdAt'])
    .where('r.comment_id', 'in', commentIds)
    .orderBy('r.id')
    .execute();
  return byComment(rows);
}

function byComment<T extends object>(rows: readonly (T & { comment_id: number })[]): Map<number, T[]> {
  const found = new Map<number, T[]>();
  for (const { comment_id, ...rest } of rows) {
    const list = found.get(comment_id) ?? [];
    found.set(comment_id, list);
    list.push(rest as unknown as T);
  }
  return found;
}
