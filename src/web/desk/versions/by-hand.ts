import { commentsPutByHand, handPlacements } from '../../../db/comment-placements.ts';
import { type DeskComment, deskCommentsWith } from '../../../db/comments.ts';
import type { ClausePlaces } from '../../../db/placements.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { placeText } from './place-text.ts';

/** A comment that an officer put somewhere by hand. */
export interface PlacedByHand {
  readonly id: number;
  readonly receiptNumber: string;
  readonly text: string;
  readonly place: string;
  readonly at: Date;
  /** Where it can be put somewhere else; empty for a comment on the whole draft. */
  readonly to: string;
}

const mostByHand = 50;

/** What officers put somewhere by hand after the placement `after` (0: whenever), latest first, the latest fifty. */
export async function byHandAfter(
  visit: ConsultationVisit,
  places: ClausePlaces,
  after: number,
): Promise<PlacedByHand[]> {
  const { site, consultation } = visit;
  const ids = await commentsPutByHand(site.db, consultation.id, { after, limit: mostByHand });
  const hands = await handPlacements(site.db, ids);
  const comments = new Map((await deskCommentsWith(site.db, ids)).map((comment) => [comment.id, comment]));
  return ids.flatMap((id) => {
    const [comment, hand] = [comments.get(id), hands.get(id)];
    if (!comment || !hand) return [];
    const place = placeText(comment, hand, places, site.sentences);
    return [
      { ...shown(comment), place, at: hand.createdAt, to: againTo(visit, hand.clauseId ?? comment.clauseId) },
    ];
  });
}

function shown({ id, receiptNumber, text }: DeskComment) {
  return { id, receiptNumber, text };
}

function againTo({ consultation }: ConsultationVisit, clauseId: number | null): string {
  return clauseId === null ? '' : `${baseOf(consultation)}/orphans/${clauseId}`;
}
