import type { FastifyReply } from 'fastify';
import { type FormBody, list } from '../../forms.ts';
import { publicFrame } from '../../frame.ts';
import { sendPage } from '../../pages.ts';
import type { Arrived } from './arrived.ts';
import { versionIn } from './basket.ts';
import type { NotStoredPage } from './contexts.ts';
import { keptWords } from './kept-words.ts';
import { nameIn } from './names.ts';

const kinds: Readonly<Record<number, 'forbidden' | 'tooLarge' | 'tooMany'>> = {
  403: 'forbidden',
  413: 'tooLarge',
  429: 'tooMany',
};

/**
 * Refuses a comment that could not be stored, whatever failed, with every word typed, and a button to send them once
 * more where that can help. Asks nothing of the database, which may be what failed. `text` says it more exactly.
 */
export function sendNotStored(form: Arrived, status: number, text?: string): Promise<FastifyReply> {
  const { request, reply, site, published, number, basket } = form;
  const sentences = site.sentences.errors[kinds[status] ?? 'server'];
  const draft = published.draftInMemory(number, versionIn(basket));
  const page = {
    title: sentences.title,
    text: text ?? sentences.text,
    reference: kinds[status] ? '' : request.id,
    kept: keptWords(basket, site.sentences, nameIn(draft, site.sentences)),
    // Whatever another site sent is not sent again in our name.
    again: status === 403 ? [] : fieldsOf((request.body ?? {}) as FormBody),
    againTo: request.url,
  };
  return sendPage(request, reply, 'public/not-stored', page, publicFrame(request, site), status);
}

function fieldsOf(body: FormBody): NotStoredPage['again'] {
  return Object.keys(body).flatMap((name) => list(body, name).map((value) => ({ name, value })));
}
