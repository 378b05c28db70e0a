import type { FastifyReply } from 'fastify';
import type { PublishedConsultation } from '../../../db/consultations.ts';
import { phaseOf } from '../../../domain/consultation.ts';
import { publicFrame } from '../../frame.ts';
import { sendPage } from '../../pages.ts';
import { contactsOf } from '../consultation.ts';
import { homeLink } from '../links.ts';
import type { Arrived } from './arrived.ts';
import { versionIn } from './basket.ts';
import type { LatePage } from './contexts.ts';
import { keptWords } from './kept-words.ts';
import { nameIn } from './names.ts';

/** Refuses a comment outside the period (409): says when it was, keeps every word typed, shows the contacts. */
export async function sendTooLate(form: Arrived, consultation: PublishedConsultation): Promise<FastifyReply> {
  const { request, reply, site, basket } = form;
  const to = `/consultations/${consultation.number}`;
  const early = phaseOf(consultation, site.clock()) === 'upcoming';
  const draft = await form.published.draft(consultation.id, versionIn(basket));
  const page: LatePage & { title: string } = {
    title: early ? '征求意见还没有开始' : '征求意见已经截止',
    crumbs: [homeLink, { to, text: consultation.announcement.draftName }],
    consultationTitle: consultation.announcement.title,
    opensAt: consultation.opensAt,
    closesAt: consultation.closesAt,
    to,
    kept: keptWords(basket, site.sentences, nameIn(draft, site.sentences)),
    contacts: contactsOf(consultation),
  };
  const view = early ? 'public/too-early' : 'public/too-late';
  return sendPage(request, reply, view, page, publicFrame(request, site), 409);
}
