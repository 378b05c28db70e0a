import { sql } from 'kysely';
import { totalsOf } from '../domain/tallies.ts';
import { isLate } from './late.ts';
import { isLatest } from './memberships.ts';
import type { Db } from './session.ts';
import { talliesOf } from './tallies.ts';

/**
 * How many 类 the standing comments of a consultation make, those in time and not withdrawn: each confirmed group of at
 * least two of them is one, every other comment is one by itself.
 */
export async function countKinds(db: Db, consultationId: number): Promise<number> {
  const { received, withdrawn } = totalsOf(await talliesOf(db, { consultationId }));
  return received.comments - withdrawn.comments - (await countGrouped(db, consultationId));
}

/** How many standing comments of a consultation are in a group beside its first: by so many 类 are fewer than 条. */
export async function countGrouped(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ grouped: number }>`
    select coalesce(sum(size - 1), 0)::int as grouped from ${standingGroups(consultationId)} groups`.execute(
    db,
  );
  return rows[0]?.grouped ?? 0;
}

const stands = sql`s.withdrawn_at is null and not ${isLate}`;

function standingGroups(consultationId: number) {
  return sql`(
    select m.group_id, count(*) as size
    from comment_groups q join comment_group_members m on m.group_id = q.id and m.joined and ${isLatest}
    join comments k on k.id = m.comment_id join submissions s on s.id = k.submission_id
    join consultations c on c.id = k.consultation_id
    where q.consultation_id = ${consultationId} and ${stands}
    group by m.group_id)`;
}
