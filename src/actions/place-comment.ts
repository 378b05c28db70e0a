import { insertPlacements, type Placed, placedSince } from '../db/comment-placements.ts';
import { latestDraft } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { isMapped } from '../domain/versions/clause.ts';
import { holdFor } from './hold.ts';

/** Where comments go: a clause of the newest version, the whole draft, or back to where the links put them. */
export type PlaceChoice = { readonly address: string } | 'wholeDraft' | 'undo';

/**
 * Says where comments on an older version stand in the newest; earlier placements stay as history. `version` is the
 * newest version that the page knew, and `seen` the latest placement. Gives what is wrong with the choice, or how many
 * comments it placed. Throws RuleBroken `stale` when a newer version came, or somebody placed one of these comments, in
 * the meantime, `notPublished`, `notAllowed`.
 */
export async function placeComments(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly version: number;
    readonly seen?: number;
    readonly placed: Placed;
    readonly choice: PlaceChoice;
  },
  now: Date,
): Promise<{ readonly issue: Issue } | { readonly count: number }> {
  const { officer, consultationId, placed, choice, seen } = input;
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'dispose', consultationId);
    const draft = await latestDraft(trx, consultationId);
    if (!draft) throw new RuleBroken('notPublished');
    if (draft.version !== input.version) throw new RuleBroken('stale');
    if (seen !== undefined && (await placedSince(trx, placed, { consultationId, draftId: draft.id }, seen)))
      throw new RuleBroken('stale');
    const clause =
      typeof choice === 'string'
        ? null
        : draft.clauses.find((each) => each.address === choice.address && isMapped(each));
    if (clause === undefined) return { issue: { field: 'clause', key: 'unknownClause' } };
    const row = { consultationId, draftId: draft.id, clauseId: clause?.id ?? null, officerId: officer.id };
    const count = await insertPlacements(trx, { ...row, undone: choice === 'undo' }, placed, now);
    // A page says all of a clause only while there are some: somebody put them elsewhere.
    if (count === 0 && seen !== undefined && 'standingOn' in placed) throw new RuleBroken('stale');
    if (count === 0) return { issue: { field: 'comments', key: 'noneChosen' } };
    const detail = { count, placedOn: clause?.citation ?? '', undone: choice === 'undo', placed };
    await writeLedger(trx, { what: 'commentsPlaced', consultationId, officer, detail }, now);
    return { count };
  });
}
