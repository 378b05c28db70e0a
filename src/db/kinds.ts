import { sql } from 'kysely';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';

/**
 * How many 类 the standing comments of a consultation make, those in time and not withdrawn: each confirmed group of at
 * least two of them is one, every other comment is one by itself.
 */
export async function countKinds(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ kinds: number }>`
    select ((select count(*) ${standing(consultationId)}) - coalesce(sum(size - 1), 0))::int as kinds from (
      select m.group_id, count(*) as size ${standing(consultationId, sql`join comment_group_members m on m.comment_id = k.id`)}
        and m.joined and ${isLatest}
      group by m.group_id) groups`.execute(db);
  return rows[0]?.kinds ?? 0;
}

/** The confirmed group of each standing comment that is in one with others, by comment id. */
export async function groupsOfStanding(db: Db, consultationId: number): Promise<Map<number, number>> {
  const { rows } = await sql<{ id: number; groupId: number }>`
    select id, group_id as "groupId" from (
      select k.id, m.group_id, count(*) over (partition by m.group_id) as size
        ${standing(consultationId, sql`join comment_group_members m on m.comment_id = k.id`)}
        and m.joined and ${isLatest}) grouped
    where size > 1`.execute(db);
  return new Map(rows.map(({ id, groupId }) => [id, groupId]));
}

function standing(consultationId: number, grouped = sql``) {
  return sql`
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id ${grouped}
    where k.consultation_id = ${consultationId} and s.withdrawn_at is null and s.dated_at < c.closes_at`;
}
