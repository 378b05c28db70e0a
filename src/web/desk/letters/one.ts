import type { FastifyReply } from 'fastify';
import { letterToRead } from '../../../db/desk-letters.ts';
import type { DueSubmissionLetter } from '../../../db/letters.ts';
import { maskAddress } from '../../../domain/comment.ts';
import type { Matter } from '../contexts.ts';
import { crumbsOf, matterOf } from '../matter.ts';
import { idIn, sendDesk, sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { addressOf } from './list.ts';

export interface LetterPage {
  readonly matter: Matter;
  readonly kind: DueSubmissionLetter['kind'];
  readonly recipient: string;
  readonly subject: string;
  readonly text: string;
}

// Whoever knows the address of a receipt can withdraw what was sent: it is the commenter's alone.
const covered = '…………';

/** The text of one letter, where letters are only written to files: elsewhere it is the commenter's alone. */
export async function showLetter(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, consultation } = visit;
  const id = site.config.smtpUrl ? undefined : idIn(request, 'letter');
  const found = id && (await letterToRead(site.db, consultation.id, id));
  if (!found) return sendNotFound(visit);
  const { subject, text } = await site.composeLetter(found);
  const { desk } = site.sentences;
  const page = {
    title: subject,
    crumbs: [...crumbsOf(visit), { to: addressOf(visit), text: desk.pages.letters }],
    matter: matterOf(visit, 'letters'),
    kind: found.kind,
    recipient: maskAddress(found.recipient),
    subject,
    text: text.replaceAll(found.receiptToken, covered),
  };
  return sendDesk(visit, 'desk/letter', page);
}
