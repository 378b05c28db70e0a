import { handPlacements } from '../../db/comment-placements.ts';
import { type ClausePlaces, clausePlaces, placeOf } from '../../db/placements.ts';
import type { ReceiptComment } from '../../db/receipts.ts';
import { versionsOf } from '../../db/versions.ts';
import { fill } from '../../domain/fill.ts';
import type { Site } from '../site.ts';

/** What a receipt says of the version a comment was made on; empty while there is one only. */
export interface ReceiptPlace {
  /** `第1稿`, with the permanent address of the clause there. */
  readonly version: string;
  readonly clauseTo: string;
  /** Where the clause is in the newest version; empty for a comment made on that one. */
  readonly place: string;
  readonly placeTo: string;
}

const nothing: ReceiptPlace = { version: '', clauseTo: '', place: '', placeTo: '' };

/** Where the comments of a receipt stand, by comment id; none while there is one version only. */
export async function receiptPlaces(
  site: Site,
  consultation: { readonly id: number; readonly number: string },
  comments: readonly ReceiptComment[],
): Promise<(comment: ReceiptComment) => ReceiptPlace> {
  if ((await versionsOf(site.db, consultation.id)).length < 2) return () => nothing;
  const places = await clausePlaces(site.db, consultation.id);
  const ids = comments.map(({ id }) => id);
  const hands = await handPlacements(site.db, ids);
  const base = `/consultations/${consultation.number}`;
  return (comment) => {
    const version = places.versions.find(({ id }) => id === comment.draftId)?.version ?? 0;
    const clause = comment.clauseAddress && `/clauses/${encodeURIComponent(comment.clauseAddress)}`;
    const name = fill(site.sentences.versionName, { version });
    const clauseTo = `${base}/versions/${version}${clause}`;
    return { version: name, clauseTo, ...nowIn(site, places, comment, hands.get(comment.id), base) };
  };
}

function nowIn(
  { sentences }: Site,
  places: ClausePlaces,
  comment: ReceiptComment,
  hand: Parameters<typeof placeOf>[2],
  base: string,
): Pick<ReceiptPlace, 'place' | 'placeTo'> {
  const newest = places.versions.at(-1);
  if (!newest || comment.draftId === newest.id || comment.clauseId === null)
    return { place: '', placeTo: '' };
  const { state, clause } = placeOf(places, comment, hand);
  const words = sentences.placesForReaders;
  const version = fill(sentences.versionName, { version: newest.version });
  if (state === 'orphaned') return { place: fill(words.orphaned, { version }), placeTo: '' };
  if (!clause) return { place: words.whole, placeTo: '' };
  const name = [clause.citation, clause.heading].filter((part) => part !== '').join('　') || clause.address;
  const placeTo = `${base}/versions/${newest.version}/clauses/${encodeURIComponent(clause.address)}`;
  return { place: fill(words[state], { version, clause: name }), placeTo };
}
