import type { FastifyReply } from 'fastify';
import type { PublishedConsultation } from '../../../db/consultations.ts';
import { type Phase, phaseOf } from '../../../domain/consultation.ts';
import { publicFrame } from '../../frame.ts';
import { sendPage } from '../../pages.ts';
import { contactsOf } from '../consultation.ts';
import { homeLink } from '../links.ts';
import type { Arrived } from './arrived.ts';
import { versionIn } from './basket.ts';
import type { LatePage } from './contexts.ts';
import { keptWords } from './kept-words.ts';
import { nameIn } from './names.ts';

const views = { early: 'public/too-early', late: 'public/too-late', stopped: 'public/stopped' } as const;

/** Refuses a comment outside the period (409): says when it was, keeps every word typed, shows the contacts. */
export async function sendTooLate(form: Arrived, consultation: PublishedConsultation): Promise<FastifyReply> {
  const { request, reply, site, basket } = form;
  const { withdrawnAt, withdrawnReason } = consultation;
  const to = `/consultations/${consultation.number}`;
  const phase = phaseOf(consultation, site.clock());
  const draft = await form.published.draft(consultation.id, versionIn(basket));
  const page: LatePage & { title: string } = {
    title: site.sentences.notOpen[why(phase)],
    crumbs: [homeLink, { to, text: consultation.announcement.draftName }],
    consultationTitle: consultation.announcement.title,
    opensAt: consultation.opensAt,
    closesAt: consultation.closesAt,
    stopped: withdrawnAt && { at: withdrawnAt, reason: withdrawnReason ?? '' },
    to,
    kept: keptWords(basket, site.sentences, nameIn(draft, site.sentences)),
    contacts: contactsOf(consultation),
  };
  const view = views[why(phase)];
  return sendPage(request, reply, view, page, publicFrame(request, site), 409);
}

function why(phase: Phase): keyof typeof views {
  return phase === 'upcoming' ? 'early' : phase === 'withdrawn' ? 'stopped' : 'late';
}
