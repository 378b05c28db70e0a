import type { FastifyInstance } from 'fastify';
import { attachmentOfReceipt } from '../../db/attachments.ts';
import { sendAttachment } from '../attachments/download.ts';
import type { Site } from '../site.ts';

/** A file that was sent, for whoever holds its receipt. */
export function registerAttachment(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { token: string; id: string } }>(
    '/receipts/:token/attachments/:id(^[1-9]\\d{0,14}$)',
    async (request, reply) => {
      const { token, id } = request.params;
      const attachment = await attachmentOfReceipt(site.db, token, Number(id));
      return attachment ? sendAttachment(reply, site, attachment) : reply.callNotFound();
    },
  );
}
