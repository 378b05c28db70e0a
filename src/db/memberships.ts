import { sql } from 'kysely';
import type { Membership } from '../domain/groups/suggest.ts';
import type { Db } from './session.ts';

/** True for a row `m` of comment_group_members that says where its comment is now. */
export const isLatest = sql<boolean>`not exists (
  select 1 from comment_group_members later where later.comment_id = m.comment_id and later.id > m.id)`;

const membersAtOnce = 20_000;

/** Where a person put comments of the consultation last, by comment id; those nobody touched have no entry. */
export async function membershipsOf(db: Db, consultationId: number): Promise<Map<number, Membership>> {
  const found = new Map<number, Membership>();
  // One object for all that are at the same place: there may be a million.
  const places = new Map<string, Membership>();
  for (let after = 0; ; ) {
    const { rows } = await sql<{ id: number; groupId: number | null; joined: boolean }>`
      select m.comment_id as id, m.group_id as "groupId", m.joined
      from comments k join comment_group_members m on m.comment_id = k.id
      where k.consultation_id = ${consultationId} and k.id > ${after} and ${isLatest}
      order by k.id limit ${membersAtOnce}`.execute(db);
    for (const { id, groupId, joined } of rows) {
      const key = `${groupId} ${joined}`;
      const place = places.get(key) ?? { groupId, joined };
      places.set(key, place);
      found.set(id, place);
    }
    if (rows.length < membersAtOnce) return found;
    after = rows.at(-1)?.id ?? after;
  }
}

/** The confirmed group that each of these comments is in, with the id of the row that says so; 0 where nobody said. */
export interface Placed {
  readonly commentId: number;
  readonly seen: number;
  readonly group: { readonly id: number; readonly number: number; readonly label: string } | null;
}

/** Id of the last row by which a comment was put anywhere, in whichever consultation; 0 for none. */
export async function lastPlacing(db: Db): Promise<number> {
  const { rows } = await sql<{ id: number | null }>`select max(id) as id from comment_group_members`.execute(
    db,
  );
  return rows[0]?.id ?? 0;
}

/** Where each of these comments is, by comment id; a comment that was never put anywhere has no entry. */
export async function placedComments(db: Db, commentIds: readonly number[]): Promise<Map<number, Placed>> {
  if (commentIds.length === 0) return new Map();
  const { rows } = await sql<{
    commentId: number;
    seen: number;
    joined: boolean;
    id: number;
    number: number;
    label: string;
  }>`
    select m.comment_id as "commentId", m.id as seen, m.joined, g.id, g.number, g.label
    from comment_group_members m left join comment_groups g on g.id = m.group_id
    where m.comment_id = any(${[...commentIds]}::bigint[]) and ${isLatest}`.execute(db);
  return new Map(
    rows.map(({ commentId, seen, joined, id, number, label }) => [
      commentId,
      { commentId, seen, group: joined ? { id, number, label } : null },
    ]),
  );
}
