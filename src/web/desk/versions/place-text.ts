import type { HandPlacement } from '../../../db/comment-placements.ts';
import { type ClauseName, type ClausePlaces, placeOf } from '../../../db/placements.ts';
import { fill } from '../../../domain/fill.ts';
import type { Sentences } from '../../../sentences.ts';
import { versionName } from './name.ts';

/** Where a comment on an older version stands in the newest, as a sentence; empty for one that needs none. */
export function placeText(
  comment: { readonly clauseId: number | null; readonly draftId: number },
  hand: HandPlacement | undefined,
  places: ClausePlaces,
  sentences: Sentences,
): string {
  const isNewest = comment.draftId === places.versions.at(-1)?.id;
  if (!hand && (isNewest || comment.clauseId === null)) return '';
  const { state, clause } = placeOf(places, comment, hand);
  const words = sentences.places;
  if (state === 'orphaned') return words.orphaned;
  if (!clause) return fill(words.wholeByHand, { officer: hand?.officerName ?? '' });
  const now = { clause: calledIn(clause) };
  return hand ? fill(words.byHand, { ...now, officer: hand.officerName }) : fill(words[state], now);
}

/** A clause with the version it stands in: `第三条　水质（第1稿）`. */
export function clauseNameOf(name: ClauseName, { versions }: ClausePlaces, sentences: Sentences): string {
  const version = versions.find(({ id }) => id === name.draftId)?.version ?? 0;
  return fill(sentences.clauseOfVersion, {
    clause: calledIn(name),
    version: versionName(version, sentences),
  });
}

function calledIn({ citation, heading, address }: ClauseName): string {
  return [citation, heading].filter((part) => part !== '').join('　') || address;
}
