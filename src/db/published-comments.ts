import { type RawBuilder, sql } from 'kysely';
import type { CommenterKind, Consent, Stance } from '../domain/comment.ts';
import { publicName, type Words } from '../domain/screening.ts';
import { isLate } from './late.ts';
import type { Db } from './session.ts';

/** A comment as the public reads it: its published words, and no more of its sender than was agreed to. */
export interface PublishedComment extends Words {
  readonly id: number;
  /** The clause it was made on, of the version it was made on; null for the whole draft. */
  readonly clauseId: number | null;
  readonly draftId: number;
  readonly stance: Stance;
  readonly receivedAt: Date;
  readonly commenterKind: CommenterKind;
  /** Masked, in full for an organisation, empty where no name may be shown. */
  readonly name: string;
}

/**
 * Where a comment is looked for: on the clause it was `made` on, or where it is `standing`: where an officer put it, else
 * on that clause.
 */
export type Where = 'made' | 'standing';

/** Which comments: all, or those on one of these clauses (null: on the whole draft), and where to go on. */
export interface PublishedPortion {
  readonly clauseIds: readonly (number | null)[] | 'all';
  /** `standing` where nothing is said. */
  readonly where?: Where;
  /** Only comments with a smaller id, to go on after a portion; null for the first. */
  readonly before: number | null;
  readonly limit: number;
}

/**
 * The comments of a consultation that the public may read, latest first: shown, in time, agreed to, not withdrawn, and
 * only where the consultation shows comments.
 */
export async function publishedComments(
  db: Db,
  consultationId: number,
  portion: PublishedPortion,
): Promise<PublishedComment[]> {
  const { rows } = await sql<Row>`
    with sought as (${sought(consultationId, portion)})
    select k.id, k.clause_id as "clauseId", k.draft_id as "draftId", k.stance, ${words}, s.received_at as "receivedAt",
      s.commenter_kind as "commenterKind", s.name, s.consent
    from sought join comments k on k.id = sought.id ${shown}
    left join lateral (select * from redactions where comment_id = k.id order by id desc limit 1) r on true
    where k.consultation_id = ${consultationId} and k.id < ${portion.before ?? maxId}
    order by k.id desc limit ${portion.limit}`.execute(db);
  return rows.map(({ consent, ...row }) => ({ ...row, name: publicName({ ...row, consent }) }));
}

type Row = Omit<PublishedComment, 'name'> & { readonly name: string; readonly consent: Consent };

/** How many comments the public may read on each clause, by id, null for the whole draft; none is no entry. */
export async function publishedCounts(
  db: Db,
  consultationId: number,
  where: Where = 'standing',
): Promise<Map<number | null, number>> {
  const moved = where === 'standing' ? sql`p.undone is false` : sql`false`;
  // Set by set, not comment by comment: all of them are counted.
  const { rows } = await sql<{ clauseId: number | null; count: number }>`
    with latest as (
      select distinct on (p.comment_id) p.comment_id, p.clause_id, p.undone
      from comment_placements p join comments k on k.id = p.comment_id
      where k.consultation_id = ${consultationId} order by p.comment_id, p.id desc
    )
    select case when ${moved} then p.clause_id else k.clause_id end as "clauseId", count(*)::int as count
    from comments k ${agreed} join screenings g on g.comment_id = k.id and g.verdict = 'shown'
    left join latest p on p.comment_id = k.id
    where k.consultation_id = ${consultationId}
      and not exists (select from screenings later where later.comment_id = g.comment_id and later.id > g.id)
    group by 1`.execute(db);
  return new Map(rows.map(({ clauseId, count }) => [clauseId, count]));
}

const maxId = Number.MAX_SAFE_INTEGER;

const words = sql`coalesce(r.text, k.text) as text, coalesce(r.proposed_wording, k.proposed_wording) as "proposedWording",
  coalesce(r.quotation, k.quotation ->> 'exact', '') as quotation`;

// The rule is isPublic in src/domain/screening.ts; a test compares the two.
const agreed = sql`
  join consultations c on c.id = k.consultation_id
  join submissions s on s.id = k.submission_id and s.consent <> 'no' and s.withdrawn_at is null and not ${isLate}
  join announcements a on a.consultation_id = k.consultation_id and a.shows_comments`;
const shown = sql`
  ${agreed}
  join lateral (select verdict from screenings where comment_id = k.id order by id desc limit 1) g
    on g.verdict = 'shown'`;

const latestPlacement = sql`
  left join lateral (select clause_id, undone from comment_placements where comment_id = k.id
    order by id desc limit 1) p on true`;

function sought(
  consultationId: number,
  { clauseIds, before, where = 'standing' }: Omit<PublishedPortion, 'limit'>,
): RawBuilder<unknown> {
  // Asked here as well: whoever reads a million page after page must not begin at the first each time.
  if (clauseIds === 'all')
    return sql`select id from comments where consultation_id = ${consultationId} and id < ${before ?? maxId}`;
  const ids = clauseIds.filter((id) => id !== null);
  const onWhole = clauseIds.includes(null);
  return where === 'made' ? madeOn(consultationId, ids, onWhole) : standingOn(consultationId, ids, onWhole);
}

function madeOn(consultationId: number, ids: readonly number[], onWhole: boolean): RawBuilder<unknown> {
  return sql`
    select id from comments where clause_id = any(${ids}::bigint[])
      or (${onWhole} and clause_id is null and consultation_id = ${consultationId})`;
}

function standingOn(consultationId: number, ids: readonly number[], onWhole: boolean): RawBuilder<unknown> {
  return sql`
    select k.id from comments k ${latestPlacement}
    where (k.clause_id = any(${ids}::bigint[])
      or (${onWhole} and k.clause_id is null and k.consultation_id = ${consultationId})) and p.undone is not false
    union all
    select k.id from comments k ${latestPlacement}
    where k.id in (select comment_id from comment_placements where clause_id = any(${ids}::bigint[])
        or (${onWhole} and clause_id is null and not undone and draft_id in (
          select id from drafts where consultation_id = ${consultationId})))
      and p.undone is false
      and (p.clause_id = any(${ids}::bigint[]) or (${onWhole} and p.clause_id is null))`;
}
