import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { type Receipt, receiptByToken } from '../../db/receipts.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { receiptPage } from './receipt-page.ts';

/** A receipt at its unguessable address: all that was sent, and the answer once it is published. */
export function registerReceipt(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { token: string } }>('/receipts/:token', async (request, reply) => {
    const held = await heldReceipt(site, request.params.token);
    if (!held) return reply.callNotFound();
    const page = await receiptPage(site, held);
    const view = viewOf(held);
    return sendPage(request, forItsHolder(reply), view, page, publicFrame(request, site));
  });
}

/** A receipt with the consultation it is of. */
export interface HeldReceipt {
  readonly receipt: Receipt;
  readonly consultation: PublishedConsultation;
}

/** The receipt at this address, or undefined. */
export async function heldReceipt(site: Site, token: string): Promise<HeldReceipt | undefined> {
  const receipt = await receiptByToken(site.db, token);
  const consultation = receipt && (await publishedConsultation(site.db, receipt.consultationNumber));
  return consultation && { receipt, consultation };
}

/** Marks an answer as one for the holder of a receipt: not to be kept, found by a search, or told to other sites. */
export function forItsHolder(reply: FastifyReply): FastifyReply {
  return reply
    .header('cache-control', 'no-store')
    .header('x-robots-tag', 'noindex')
    .header('referrer-policy', 'no-referrer');
}

function viewOf({ receipt, consultation }: HeldReceipt) {
  if (receipt.withdrawnAt) return 'public/receipt-withdrawn';
  return consultation.answeredAt && !receipt.late ? 'public/receipt-answered' : 'public/receipt';
}
