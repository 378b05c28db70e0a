import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { latestDispositions } from '../../db/dispositions.ts';
import { type Receipt, type ReceiptComment, receiptByToken } from '../../db/receipts.ts';
import type { Disposition } from '../../domain/disposition.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import type { ReceiptPage } from './contexts.ts';
import { homeLink } from './links.ts';
import { type ReceiptPlace, receiptPlaces } from './receipt-places.ts';

/** A receipt at its unguessable address: all that was sent, and the answer once it is published. */
export function registerReceipt(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { token: string } }>('/receipts/:token', async (request, reply) => {
    const receipt = await receiptByToken(site.db, request.params.token);
    const consultation = receipt && (await publishedConsultation(site.db, receipt.consultationNumber));
    if (!consultation) return reply.callNotFound();
    const ids = consultation.answeredAt ? receipt.comments.map((comment) => comment.id) : [];
    const dispositions = await latestDispositions(site.db, ids);
    const placeOf = await receiptPlaces(site, consultation, receipt.comments);
    const comments = receipt.comments.map((comment) => ({
      ...commentView(site, comment, dispositions.get(comment.id)),
      ...placeOf(comment),
    }));
    const page = receiptPage(site, receipt, consultation, comments);
    const view = consultation.answeredAt ? 'public/receipt-answered' : 'public/receipt';
    reply.header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer');
    return sendPage(request, reply, view, page, publicFrame(request, site));
  });
}

function receiptPage(
  site: Site,
  receipt: Receipt,
  consultation: PublishedConsultation,
  comments: ReceiptPage['comments'],
): ReceiptPage & { readonly title: string } {
  const { number, token, receivedAt, withdrawnAt, name, phone, email, consent, commenterKind } = receipt;
  const consultationTo = `/consultations/${consultation.number}`;
  return {
    title: `回执 ${number}`,
    crumbs: [homeLink, { to: consultationTo, text: consultation.announcement.draftName }],
    number,
    url: `${site.config.publicUrl}/receipts/${token}`,
    consultationTitle: consultation.announcement.title,
    agencyName: consultation.announcement.agencyName,
    consultationTo,
    receivedAt,
    withdrawnAt,
    closesAt: consultation.closesAt,
    answeredAt: consultation.answeredAt,
    name,
    phone,
    email,
    consent,
    commenterKind,
    comments,
  };
}

function commentView(
  site: Site,
  comment: ReceiptComment,
  disposition: Disposition | undefined,
): Omit<ReceiptPage['comments'][number], keyof ReceiptPlace> {
  const { clauseId, clauseLabel, clauseHeading, clauseAddress, stance, text, proposedWording } = comment;
  return {
    clause:
      clauseId === null ? site.sentences.notice.wholeDraft : clauseLabel + clauseHeading || clauseAddress,
    stance,
    text,
    proposedWording,
    outcome: disposition?.outcome ?? null,
    reason: disposition?.reason ?? '',
  };
}
