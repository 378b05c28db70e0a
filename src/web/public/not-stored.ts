import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FormBody, list } from '../forms.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import type { NotStoredPage } from './contexts.ts';
import { keptWords, typedIn } from './typed.ts';

const kinds: Readonly<Record<number, 'forbidden' | 'tooMany'>> = { 403: 'forbidden', 429: 'tooMany' };

/**
 * Refuses a comment that could not be stored, whatever failed, with every word typed, and a button to send them once
 * more where that can help. Asks nothing of the database, which may be what failed. `text` says it more exactly.
 */
export function sendNotStored(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  status: number,
  text?: string,
): Promise<FastifyReply> {
  const sentences = site.sentences.errors[kinds[status] ?? 'server'];
  const body = (request.body ?? {}) as FormBody;
  const page = {
    title: sentences.title,
    text: text ?? sentences.text,
    reference: kinds[status] ? '' : request.id,
    words: keptWords(typedIn(body), site.sentences),
    // Whatever another site sent is not sent again in our name.
    again: status === 403 ? [] : fieldsOf(body),
    againTo: request.url,
  };
  return sendPage(request, reply, 'public/not-stored', page, publicFrame(request, site), status);
}

function fieldsOf(body: FormBody): NotStoredPage['again'] {
  return Object.keys(body).flatMap((name) => list(body, name).map((value) => ({ name, value })));
}
