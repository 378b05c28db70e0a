import { type Db, transaction } from '../db/session.ts';
import { insertSheet } from '../db/sheet-writes.ts';
import { versionsOf } from '../db/versions.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { openForEntering } from './enter-submission.ts';
import { holdFor } from './hold.ts';

/**
 * Takes a table of comments on the newest version of the draft, to be tried in the background; gives its id. Throws
 * RuleBroken as enterSubmission does.
 */
export async function addSheet(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly name: string;
    readonly bytes: Uint8Array;
  },
  now: Date,
): Promise<number> {
  const { officer, consultationId, name, bytes } = input;
  return transaction(db, async (trx) => {
    const held = await holdFor(trx, officer, 'enter', consultationId);
    await openForEntering(trx, held, now);
    const draftId = (await versionsOf(trx, consultationId)).at(-1)?.id;
    if (draftId === undefined) throw new RuleBroken('notPublished');
    return insertSheet(trx, { consultationId, draftId, officerId: officer.id, name, bytes }, now);
  });
}
