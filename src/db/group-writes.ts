import { sql } from 'kysely';
import { portionsOf } from '../domain/portions.ts';
import { memberIds } from './group-members.ts';
import { suggestedIds } from './groups.ts';
import { isLatest } from './memberships.ts';
import type { Trx } from './session.ts';

/** Begins a confirmed group without members; gives its id. Its number is the next of the held consultation. */
export async function insertGroup(
  trx: Trx,
  group: { readonly consultationId: number; readonly label: string; readonly officerId: number },
  now: Date,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into comment_groups (consultation_id, number, label, officer_id, created_at)
    select ${group.consultationId}, coalesce(max(number), 0) + 1, ${group.label}, ${group.officerId}, ${now}
    from comment_groups where consultation_id = ${group.consultationId} returning id`.execute(trx);
  return (rows[0] as { id: number }).id;
}

/** Where comments are put: into a group (`joined`), out of one, or by themselves (`groupId` null). */
export interface Put {
  readonly groupId: number | null;
  readonly joined: boolean;
}

/** Puts comments somewhere; where they were before stays as history. Groups concerned are counted anew. */
export async function putComments(
  trx: Trx,
  commentIds: readonly number[],
  { groupId, joined }: Put,
  officerId: number,
  now: Date,
): Promise<void> {
  const ids = [...commentIds];
  const { rows } = await sql<{ groupId: number }>`
    select distinct m.group_id as "groupId" from comment_group_members m
    where m.comment_id = any(${ids}::bigint[]) and m.joined and ${isLatest}`.execute(trx);
  await sql`
    insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
    select id, ${groupId}::bigint, ${joined}, ${officerId}, ${now} from unnest(${ids}::bigint[]) as given(id)`.execute(
    trx,
  );
  for (const id of new Set([...rows.map((row) => row.groupId), ...(groupId === null ? [] : [groupId])]))
    await recountGroup(trx, id);
}

/**
 * Puts the members of a suggestion into a group but those struck, which are noted as out of it; without a group all are
 * to stay by themselves. Passes over comments that were put somewhere, withdrawn or late. Gives how many joined.
 */
export async function putSuggested(
  trx: Trx,
  suggestion: { readonly searchId: number; readonly position: number },
  { groupId, struck }: { readonly groupId: number | null; readonly struck: readonly number[] },
  officerId: number,
  now: Date,
): Promise<number> {
  const suggested = await suggestedIds(trx, suggestion, 0, Number.MAX_SAFE_INTEGER);
  let joined = 0;
  for (const ids of portionsOf(suggested)) {
    const { rows } = await sql<{ joined: number }>`
      with put as (
        insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
        select k.id, ${groupId}::bigint, ${groupId !== null} and k.id <> all(${[...struck]}::bigint[]), ${officerId}, ${now}
        from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
        where k.id = any(${ids}::bigint[])
          and s.withdrawn_at is null and (c.closes_at is null or s.dated_at < c.closes_at)
          and not exists (select 1 from comment_group_members before where before.comment_id = k.id)
        returning joined)
      select (count(*) filter (where joined))::int as joined from put`.execute(trx);
    joined += rows[0]?.joined ?? 0;
  }
  await trx
    .updateTable('suggested_groups')
    .set({ decided_at: now })
    .where('search_id', '=', suggestion.searchId)
    .where('position', '=', suggestion.position)
    .execute();
  if (groupId !== null) await recountGroup(trx, groupId);
  return joined;
}

/** Takes all members out of a group. */
export async function emptyGroup(trx: Trx, groupId: number, officerId: number, now: Date): Promise<void> {
  for (const ids of portionsOf(await memberIds(trx, groupId, 0, Number.MAX_SAFE_INTEGER)))
    await sql`
      insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
      select id, ${groupId}::bigint, false, ${officerId}, ${now} from unnest(${ids}::bigint[]) as given(id)`.execute(
      trx,
    );
  await recountGroup(trx, groupId);
}

async function recountGroup(trx: Trx, groupId: number): Promise<void> {
  await sql`
    update comment_groups set (members, clause_ids) = (
      select count(*)::int, coalesce(array_agg(distinct coalesce(k.clause_id, 0)::int), '{}')
      from comment_group_members m join comments k on k.id = m.comment_id
      where m.group_id = ${groupId} and m.joined and ${isLatest})
    where id = ${groupId}`.execute(trx);
}
