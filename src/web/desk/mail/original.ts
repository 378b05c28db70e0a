import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { keptBytes, messagePieces } from '../../../db/desk-mail.ts';
import { fileHeaders } from '../../attachments/download.ts';
import { idIn, sendNotFound } from '../page.ts';
import type { Visit } from '../visit.ts';

/** A message as it came, to be saved. */
export async function showOriginal(visit: Visit): Promise<FastifyReply> {
  const { site, request, reply, officer } = visit;
  const id = idIn(request, 'message') ?? 0;
  const size = await keptBytes(site.db, officer.agencyId, id);
  if (size === undefined) return sendNotFound(visit);
  const name = `${site.sentences.desk.originalName}-${id}.eml`;
  return reply
    .headers(fileHeaders({ name, mediaType: 'message/rfc822', size }))
    .send(Readable.from(messagePieces(site.db, id, size), { objectMode: false }));
}
