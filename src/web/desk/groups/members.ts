import { type DeskComment, deskCommentsWith } from '../../../db/comments.ts';
import { clausesById } from '../../../db/drafts.ts';
import { placedComments } from '../../../db/memberships.ts';
import type { Stance } from '../../../domain/comment.ts';
import type { Outcome } from '../../../domain/disposition.ts';
import { diffText, type Run } from '../../../domain/versions/diff.ts';
import { baseOf } from '../matter.ts';
import { commentPlaces } from '../versions/comment-places.ts';
import type { ConsultationVisit } from '../visit.ts';

/** A comment among others that are alike, with what differs from the sample marked. */
export interface MemberCard {
  readonly id: number;
  readonly to: string;
  readonly receiptNumber: string;
  readonly stance: Stance;
  /** Empty for the whole draft. */
  readonly clause: string;
  readonly isSample: boolean;
  readonly runs: readonly Run[];
  readonly channel: string;
  readonly withdrawn: boolean;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** Id of the row that says which group it is in, 0 for none. */
  readonly seen: number;
}

// Marking takes time with the length; what is longer is shown as it is.
const longestMarked = 4_000;

/** Cards of these comments, in the order of the ids; `sample` is the one that others are compared with. */
export async function memberCards(
  visit: ConsultationVisit,
  ids: readonly number[],
  sampleId: number,
): Promise<MemberCard[]> {
  const { site, consultation } = visit;
  const comments = await deskCommentsWith(site.db, ids);
  const [sample] = await deskCommentsWith(site.db, [sampleId]);
  const placed = await placedComments(site.db, ids);
  const nameOf = await clauseNames(visit, comments);
  return comments.map((comment) => ({
    id: comment.id,
    to: `${baseOf(consultation)}/comments/${comment.id}`,
    receiptNumber: comment.receiptNumber,
    stance: comment.stance,
    clause: nameOf(comment),
    isSample: comment.id === sampleId,
    runs: runsFrom(sample ? wordsOf(sample) : '', wordsOf(comment)),
    channel: site.sentences.channels[comment.channel],
    withdrawn: comment.withdrawn,
    outcome: comment.outcome,
    reason: comment.reason,
    seen: placed.get(comment.id)?.seen ?? 0,
  }));
}

/** What clauses are called on the desk's pages, by id; 0 is the whole draft. */
export async function clauseNamesOf(visit: ConsultationVisit, ids: readonly number[]): Promise<string[]> {
  const clauses = await clausesById(
    visit.site.db,
    ids.filter((id) => id > 0),
  );
  const { nameOf } = await commentPlaces(visit, []);
  const whole = ids.includes(0) ? [visit.site.sentences.notice.wholeDraft] : [];
  return [...whole, ...clauses.sort((one, other) => one.id - other.id).map(nameOf)];
}

async function clauseNames(
  visit: ConsultationVisit,
  comments: readonly DeskComment[],
): Promise<(comment: DeskComment) => string> {
  const ids = [...new Set(comments.flatMap(({ clauseId }) => clauseId ?? []))];
  const clauses = new Map((await clausesById(visit.site.db, ids)).map((clause) => [clause.id, clause]));
  const { nameOf } = await commentPlaces(visit, []);
  return ({ clauseId }) => {
    const clause = clauses.get(clauseId ?? 0);
    return clause ? nameOf(clause) : '';
  };
}

function wordsOf({ text, proposedWording }: DeskComment): string {
  return proposedWording ? `${text}\n${proposedWording}` : text;
}

function runsFrom(sample: string, words: string): readonly Run[] {
  const isLong = Math.max(sample.length, words.length) > longestMarked;
  return isLong || sample === '' ? [{ kind: 'kept', text: words }] : diffText(sample, words);
}
