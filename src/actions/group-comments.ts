import { groupableIds } from '../db/group-members.ts';
import { putComments } from '../db/group-writes.ts';
import { commentGroup } from '../db/groups.ts';
import { writeLedger } from '../db/ledger.ts';
import { placedComments } from '../db/memberships.ts';
import { type Db, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdForGroups } from './hold-groups.ts';

/** A comment as a page had it: `seen` is the id of the row that said where it was, 0 for none. */
export interface SeenMember {
  readonly id: number;
  readonly seen: number;
}

/**
 * Puts comments into a confirmed group, from wherever they were, or (`to` null) takes them out of theirs. Throws
 * RuleBroken `stale` when one was put elsewhere meanwhile or the group was dissolved, `noticeSigned`, `notAllowed`,
 * also for a comment that was withdrawn or late.
 */
export async function groupComments(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly comments: readonly SeenMember[];
    readonly to: number | null;
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId, comments, to } = input;
  const ids = comments.map(({ id }) => id);
  await transaction(db, async (trx) => {
    await holdForGroups(trx, officer, consultationId);
    const groupable = await groupableIds(trx, consultationId, ids);
    if (groupable.length < ids.length) throw new RuleBroken('notAllowed');
    const group = to === null ? undefined : await commentGroup(trx, consultationId, to);
    if (to !== null && !group?.members) throw new RuleBroken('stale');
    const placed = await placedComments(trx, ids);
    for (const { id, seen } of comments)
      if ((placed.get(id)?.seen ?? 0) !== seen) throw new RuleBroken('stale');
    const from = to === null ? placed.get(ids[0] ?? 0)?.group : null;
    const put = to === null ? { groupId: from?.id ?? null, joined: false } : { groupId: to, joined: true };
    await putComments(trx, ids, put, officer.id, now);
    const detail = { number: group?.number ?? from?.number ?? 0, joined: put.joined, commentIds: ids };
    await writeLedger(trx, { what: 'commentsGrouped', consultationId, officer, detail }, now);
  });
}
