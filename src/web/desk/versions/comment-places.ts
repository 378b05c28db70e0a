import { commentsByClause } from '../../../db/clause-counts.ts';
import { handPlacements } from '../../../db/comment-placements.ts';
import type { DeskComment } from '../../../db/comments.ts';
import type { Clause } from '../../../db/drafts.ts';
import { clausePlaces } from '../../../db/placements.ts';
import { versionsOf } from '../../../db/versions.ts';
import { may } from '../../../domain/officer.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { countPlaces } from './place-counts.ts';
import { clauseNameOf, placeText } from './place-text.ts';

/** What a page of comments says of versions. While there is one only, it says nothing of them. */
export interface CommentPlaces {
  readonly orphaned: number;
  readonly nameOf: (clause: Clause) => string;
  readonly placeOf: (comment: DeskComment) => { readonly place: string; readonly placeTo: string };
}

/** Where these comments stand on the newest version, and what their clauses are called. */
export async function commentPlaces(
  visit: ConsultationVisit,
  comments: readonly DeskComment[],
): Promise<CommentPlaces> {
  const { site, consultation, officer } = visit;
  const { sentences } = site;
  if ((await versionsOf(site.db, consultation.id)).length < 2) return oneVersion;
  const places = await clausePlaces(site.db, consultation.id);
  const hands = await handPlacements(
    site.db,
    comments.map(({ id }) => id),
  );
  const base = `${baseOf(consultation)}/orphans`;
  return {
    orphaned: countPlaces(places, await commentsByClause(site.db, consultation.id)).orphaned,
    nameOf: (clause) => {
      const name = places.names.get(clause.id);
      return name ? clauseNameOf(name, places, sentences) : plainName(clause);
    },
    placeOf: (comment) => {
      const hand = hands.get(comment.id);
      const place = placeText(comment, hand, places, sentences);
      const standsOn = hand ? hand.clauseId : comment.clauseId;
      const canPlace = place !== '' && standsOn !== null && may(officer, 'dispose');
      return { place, placeTo: canPlace ? `${base}/${standsOn}` : '' };
    },
  };
}

const oneVersion: CommentPlaces = {
  orphaned: 0,
  nameOf: plainName,
  placeOf: () => ({ place: '', placeTo: '' }),
};

function plainName({ citation, heading }: Clause): string {
  return [citation, heading].filter((part) => part !== '').join('　');
}
