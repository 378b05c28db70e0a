import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { renderSVG } from 'uqr';
import { textUnderSeal } from '../../actions/seal.ts';
import { sealedFactsOf } from '../../db/receipts.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { forItsHolder, type HeldReceipt, heldReceipt } from './receipt.ts';
import { crumbsOf, receiptAt, sealView } from './receipt-page.ts';

interface Asked {
  Params: { token: string };
}

/** What belongs to a receipt beside its page: the picture of its address, the sealed text, and the seal. */
export function registerReceiptFiles(app: FastifyInstance, site: Site): void {
  app.get<Asked>('/receipts/:token/qr.svg', async (request, reply) => {
    const held = await heldReceipt(site, request.params.token);
    if (!held) return reply.callNotFound();
    const picture = renderSVG(site.config.publicUrl + receiptAt(held.receipt), { ecc: 'M', border: 4 });
    return forItsHolder(reply).type('image/svg+xml').send(picture);
  });

  app.get<Asked>('/receipts/:token/canonical.json', async (request, reply) => {
    const held = await heldReceipt(site, request.params.token);
    if (!held) return reply.callNotFound();
    const { receipt } = held;
    const text = receipt.seal && textUnderSeal(sealedFactsOf(receipt), receipt.seal);
    if (text === null) return sendMissing(request, reply, site, held);
    return download(reply, `${receipt.number}-canonical.json`).send(Buffer.from(text));
  });

  app.get<Asked>('/receipts/:token/seal.json', async (request, reply) => {
    const held = await heldReceipt(site, request.params.token);
    if (!held) return reply.callNotFound();
    const { seal, number: receiptNumber } = held.receipt;
    if (!seal) return sendMissing(request, reply, site, held);
    return download(reply, `${receiptNumber}-seal.json`).send(JSON.stringify({ ...seal, receiptNumber }));
  });
}

function download(reply: FastifyReply, name: string): FastifyReply {
  return forItsHolder(reply)
    .type('application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${name}"`);
}

/** Says why there is nothing to download (404): better none than one that proves nothing. */
function sendMissing(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  { receipt, consultation }: HeldReceipt,
): Promise<FastifyReply> {
  const page = {
    title: '没有可以核对的文件',
    crumbs: crumbsOf(consultation, receipt),
    number: receipt.number,
    state: sealView(receipt).state,
    receiptTo: receiptAt(receipt),
  };
  return sendPage(request, forItsHolder(reply), 'public/seal-missing', page, publicFrame(request, site), 404);
}
