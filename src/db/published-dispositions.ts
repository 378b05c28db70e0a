import { sql } from 'kysely';
import type { Disposition } from '../domain/disposition.ts';
import type { Db, Trx } from './session.ts';

/**
 * Dispositions that are public, by comment id, for the comments given: those that the newest published notice was signed
 * with, whatever was decided since.
 */
export async function publishedDispositions(
  db: Db,
  consultationId: number,
  commentIds: readonly number[],
): Promise<Map<number, Disposition>> {
  if (commentIds.length === 0) return new Map();
  const { rows } = await sql<Disposition & { commentId: number }>`
    select distinct on (comment_id) comment_id as "commentId", outcome, reason from dispositions
    where comment_id = any(${[...commentIds]}::bigint[]) and id <= (
      select coalesce(max(g.last_disposition), 0) from feedback_notices n
        join notice_publications p on p.notice_id = n.id join notice_signings g on g.id = p.signing_id
      where n.consultation_id = ${consultationId})
    order by comment_id, id desc`.execute(db);
  return new Map(rows.map(({ commentId, ...disposition }) => [commentId, disposition]));
}

/**
 * Queues a letter about a correction to everyone with an address who did not withdraw, was answered before, and of whose
 * comments one has another disposition or reason than in the notice before. Once for each notice; before the answers of
 * this notice are queued.
 */
export async function queueCorrections(
  trx: Trx,
  { consultationId, noticeId }: { readonly consultationId: number; readonly noticeId: number },
  now: Date,
): Promise<void> {
  await sql`
    with signed as (
      select n.id, n.sequence, g.last_disposition as upto from feedback_notices n
        join notice_publications p on p.notice_id = n.id join notice_signings g on g.id = p.signing_id
      where n.consultation_id = ${consultationId} order by n.sequence desc limit 2
    ), bounds as (
      select max(upto) filter (where id = ${noticeId}) as now, max(upto) filter (where id <> ${noticeId}) as before
      from signed
    ), changed as (
      select distinct k.submission_id from bounds, dispositions d join comments k on k.id = d.comment_id
      where k.consultation_id = ${consultationId} and d.id > bounds.before and d.id <= bounds.now
        and not exists (
          select 1 from dispositions later where later.comment_id = d.comment_id and later.id > d.id
            and later.id <= bounds.now)
        and not exists (
          select 1 from (
            select b.outcome, b.reason from dispositions b
            where b.comment_id = d.comment_id and b.id <= bounds.before order by b.id desc limit 1) b
          where b.outcome = d.outcome and b.reason = d.reason)
    )
    insert into letters (kind, submission_id, notice_id, created_at, due_at)
    select 'correction', s.id, ${noticeId}, ${now}, ${now} from submissions s
      join changed on changed.submission_id = s.id
    where s.email <> '' and s.withdrawn_at is null
      and exists (select 1 from letters told where told.submission_id = s.id and told.kind = 'answer')
    on conflict do nothing`.execute(trx);
}

// Latest dispositions that say otherwise than the newest published notice, each with what that one was signed with.
const changedSince = (consultationId: number) => sql`
  signed as (
    select coalesce(max(g.last_disposition), 0) as upto from feedback_notices n
      join notice_publications p on p.notice_id = n.id join notice_signings g on g.id = p.signing_id
    where n.consultation_id = ${consultationId}
  ), latest as (
    select distinct on (d.comment_id) d.id, d.comment_id, d.outcome, d.reason
    from signed, dispositions d join comments k on k.id = d.comment_id
    where k.consultation_id = ${consultationId} and d.id > signed.upto order by d.comment_id, d.id desc
  ), changed as (
    select l.id, l.comment_id, b.outcome, coalesce(b.reason, '') as reason
    from signed cross join latest l left join lateral (
      select outcome, reason from dispositions where comment_id = l.comment_id and id <= signed.upto
      order by id desc limit 1) b on true
    where b.outcome is distinct from l.outcome or coalesce(b.reason, '') <> l.reason
  )`;

/** How many comments have another disposition or reason than the newest published notice says. */
export async function countChanged(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with ${changedSince(consultationId)} select count(*)::int as count from changed`.execute(db);
  return rows[0]?.count ?? 0;
}

/** Gives each of them back, as a new row, what the newest published notice says; gives how many there were. */
export async function restorePublished(
  trx: Trx,
  by: { readonly consultationId: number; readonly officerId: number },
  now: Date,
): Promise<number> {
  const { numAffectedRows } = await sql`
    with ${changedSince(by.consultationId)}
    insert into dispositions (comment_id, outcome, reason, takes_back, officer_id, created_at)
    select comment_id, outcome, reason, id, ${by.officerId}::bigint, ${now}::timestamptz from changed
    order by comment_id`.execute(trx);
  return Number(numAffectedRows ?? 0);
}
