import type { FastifyReply } from 'fastify';
import { acceptMessage } from '../../../actions/accept-message.ts';
import { leaveMessage } from '../../../actions/leave-message.ts';
import { agencyConsultation } from '../../../db/consultations.ts';
import { asideMessage } from '../../../db/desk-mail.ts';
import type { Deed } from '../../../db/ledger.ts';
import { type FormBody, raw } from '../../forms.ts';
import { sendKept } from '../kept.ts';
import { deedDone, type ToldDeed } from '../meanwhile.ts';
import { goTo, idIn, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { Visit } from '../visit.ts';
import { fieldOf, sendAgencyMail } from './agency-mail.ts';
import { sendConsultationMail } from './consultation-mail.ts';

/**
 * Takes a message that was set aside, or leaves it there, and comes back to the list it was decided in; to whoever comes
 * too late it says there who did what with it.
 */
export async function takeDecision(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const messageId = idIn(request, 'message') ?? 0;
  const back = numberIn(body, 'back');
  const to = back > 0 ? `/desk/consultations/${back}/mail` : '/desk/mail';
  const told = (deeds: readonly Deed[]) => deedDone(visit, { deeds, detail: { messageId } });
  if (!(await asideMessage(site.db, officer.agencyId, messageId))) {
    const taken = await told(['mailAccepted']);
    return taken ? sendDecided(visit, taken, back) : sendNotFound(visit);
  }
  if (raw(body, 'do') === 'leave') {
    if (await wentStale(leaveMessage(site.db, { officer, messageId }, now)))
      return sendDecided(visit, await told(['mailAccepted', 'mailLeft']), back);
    return goTo(visit, `${to}?done=mailLeft`);
  }
  const consultationId = back || numberIn(body, fieldOf(messageId));
  if (consultationId === 0) return sendAgencyMail(visit, { unplaced: messageId });
  const desk = { ...site, filesAlone: site.sentences.mail.filesAlone };
  if (await wentStale(acceptMessage(site.db, { officer, messageId, consultationId }, desk)))
    return sendDecided(visit, await told(['mailAccepted']), back);
  return goTo(visit, `${to}?done=mailAccepted`);
}

// Nobody decided where the consultation takes nothing any more.
async function sendDecided(visit: Visit, decided: ToldDeed | null, back: number): Promise<FastifyReply> {
  const { site, officer } = visit;
  if (!decided) return sendKept(visit, 'stale');
  const consultation = back > 0 && (await agencyConsultation(site.db, officer.agencyId, back));
  return consultation
    ? sendConsultationMail({ ...visit, consultation }, null, decided)
    : sendAgencyMail(visit, { decided });
}

function numberIn(body: FormBody, name: string): number {
  const value = raw(body, name);
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : 0;
}
