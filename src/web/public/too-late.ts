import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublishedConsultation } from '../../db/consultations.ts';
import { clauseByAddress } from '../../db/drafts.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { nameOf } from './blocks.ts';
import { contactsOf } from './consultation.ts';
import type { LatePage } from './contexts.ts';
import { homeLink } from './links.ts';
import { keptWords, type Typed } from './typed.ts';

/** Refuses a comment outside the period (409): says when it was, keeps every word typed, shows the contacts. */
export async function sendTooLate(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
): Promise<FastifyReply> {
  const to = `/consultations/${consultation.number}`;
  const early = phaseOf(consultation, site.clock()) === 'upcoming';
  const page: LatePage & { title: string } = {
    title: early ? '征求意见还没有开始' : '征求意见已经截止',
    crumbs: [homeLink, { to, text: consultation.announcement.draftName }],
    consultationTitle: consultation.announcement.title,
    opensAt: consultation.opensAt,
    closesAt: consultation.closesAt,
    to,
    words: await wordsOf(site, consultation, typed),
    contacts: contactsOf(consultation),
  };
  const view = early ? 'public/too-early' : 'public/too-late';
  return sendPage(request, reply, view, page, publicFrame(request, site), 409);
}

async function wordsOf(
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
): Promise<LatePage['words']> {
  const clause = await clauseByAddress(site.db, consultation.id, typed['clause'] ?? '');
  const about = clause ? nameOf(clause) : site.sentences.notice.wholeDraft;
  const words = keptWords(typed, site.sentences);
  return words.length > 0 ? [{ label: site.sentences.fields.clause, text: about }, ...words] : [];
}
