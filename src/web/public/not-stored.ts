import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormBody } from '../forms.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { keptWords, typedIn } from './typed.ts';

const kinds: Readonly<Record<number, 'forbidden' | 'tooMany'>> = { 403: 'forbidden', 429: 'tooMany' };

/**
 * Refuses a comment that could not be stored, whatever failed, with every word typed. Asks nothing of the database,
 * which may be what failed.
 */
export function sendNotStored(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  status: number,
): Promise<FastifyReply> {
  const { title, text } = site.sentences.errors[kinds[status] ?? 'server'];
  const page = {
    title,
    text,
    reference: kinds[status] ? '' : request.id,
    words: keptWords(typedIn((request.body ?? {}) as FormBody), site.sentences),
  };
  return sendPage(request, reply, 'public/not-stored', page, publicFrame(request, site), status);
}
