import { redactComment } from '../actions/redact-comment.ts';
import { screenComments } from '../actions/screen-comments.ts';
import { type DeskComment, deskComments } from '../db/comments.ts';
import type { Consultation } from '../db/consultations.ts';
import type { Deps } from '../deps.ts';
import type { Officer } from '../domain/officer.ts';
import { dayMs } from '../domain/shanghai.ts';
import type { Sample, SampleComment } from './sample.ts';

/** Screens the comments of a sample that shows them, a day after each came, but for those that are to wait. */
export async function seedScreening(
  { db }: Deps,
  { comments }: Sample,
  officer: Officer,
  consultation: Consultation,
): Promise<void> {
  if (!consultation.showsComments) return;
  const given = comments.flatMap((submission) => submission.comments);
  const by = { officer, consultationId: consultation.id };
  for (const comment of await deskComments(db, consultation.id)) {
    const { covered, waits } = sampleOf(given, comment);
    const at = new Date(comment.receivedAt.getTime() + dayMs);
    const seen = { commentId: comment.id, seen: 0 };
    if (covered) await redactComment(db, { ...by, ...seen, ...covered }, at);
    const screening = { verdict: 'shown', reason: '' } as const;
    const shown = { ...by, comments: [{ id: comment.id, seen: 0 }], screening, looked: true };
    if (!waits) await screenComments(db, shown, at);
  }
}

function sampleOf(given: readonly SampleComment[], { text }: DeskComment): SampleComment {
  const found = given.find((each) => each.text === text);
  if (!found) throw new Error(`no sample says: ${text}`);
  return found;
}
