import type { FastifyReply } from 'fastify';
import { acceptMessage } from '../../../actions/accept-message.ts';
import { leaveMessage } from '../../../actions/leave-message.ts';
import { asideMessage } from '../../../db/desk-mail.ts';
import { type FormBody, raw } from '../../forms.ts';
import { goTo, idIn, sendNotFound } from '../page.ts';
import type { Visit } from '../visit.ts';
import { fieldOf, sendAgencyMail } from './agency-mail.ts';

/** Takes a message that was set aside, or leaves it there, and comes back to the list it was decided in. */
export async function takeDecision(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const messageId = idIn(request, 'message') ?? 0;
  const back = numberIn(body, 'back');
  const to = back > 0 ? `/desk/consultations/${back}/mail` : '/desk/mail';
  if (raw(body, 'do') === 'leave') {
    await leaveMessage(site.db, { officer, messageId }, now);
    return goTo(visit, `${to}?done=mailLeft`);
  }
  const consultationId = back || numberIn(body, fieldOf(messageId));
  if (consultationId === 0) {
    const isTheirs = await asideMessage(site.db, officer.agencyId, messageId);
    return isTheirs ? sendAgencyMail(visit, messageId) : sendNotFound(visit);
  }
  const desk = { ...site, filesAlone: site.sentences.mail.filesAlone };
  await acceptMessage(site.db, { officer, messageId, consultationId }, desk);
  return goTo(visit, `${to}?done=mailAccepted`);
}

function numberIn(body: FormBody, name: string): number {
  const value = raw(body, name);
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : 0;
}
