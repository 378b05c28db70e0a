import type { FastifyReply } from 'fastify';
import { attachmentOfConsultation } from '../../db/attachments.ts';
import { sendAttachment } from '../attachments/download.ts';
import { idIn, sendNotFound } from './page.ts';
import type { ConsultationVisit } from './visit.ts';

/** A file that came with a comment. */
export async function showAttachment(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, reply, consultation } = visit;
  const id = idIn(request, 'attachment');
  const attachment = id && (await attachmentOfConsultation(site.db, consultation.id, id));
  return attachment ? sendAttachment(reply, site, attachment) : sendNotFound(visit);
}
