import { insertNote, notesOn } from '../db/comment-notes.ts';
import { deskComment } from '../db/comments.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { characters } from '../domain/text.ts';
import { holdFor } from './hold.ts';

const longestNote = 5_000;

/**
 * Adds an internal note to a comment. `seen` is the id of the last note the officer saw (0: none). Gives what is wrong
 * with the words, nothing when it is done. Throws RuleBroken `stale` when another note came meanwhile, `notAllowed`.
 */
export async function noteComment(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly commentId: number;
    readonly seen: number;
    readonly text: string;
  },
  now: Date,
): Promise<{ readonly issues: readonly Issue[] }> {
  const { officer, consultationId, commentId, seen, text } = input;
  const issues = noteIssues(text);
  if (issues.length > 0) return { issues };
  return transaction(db, async (trx) => {
    await holdFor(trx, officer, 'note', consultationId);
    const comment = await deskComment(trx, commentId);
    if (comment?.consultationId !== consultationId) throw new RuleBroken('notAllowed');
    const last = (await notesOn(trx, commentId)).at(-1);
    if ((last?.id ?? 0) !== seen) throw new RuleBroken('stale');
    await insertNote(trx, { commentId, text, officerId: officer.id }, now);
    await writeLedger(trx, { what: 'commentNoted', consultationId, officer, detail: { commentId } }, now);
    return { issues };
  });
}

function noteIssues(text: string): Issue[] {
  const length = characters(text);
  if (length === 0) return [{ field: 'internalNote', key: 'required' }];
  if (length > longestNote)
    return [{ field: 'internalNote', key: 'tooLong', values: { limit: longestNote, length } }];
  return [];
}
