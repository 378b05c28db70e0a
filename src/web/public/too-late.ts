import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublishedConsultation } from '../../db/consultations.ts';
import { clauseByAddress } from '../../db/drafts.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { nameOf } from './blocks.ts';
import { contactsOf, homeLink } from './consultation.ts';
import type { LatePage } from './contexts.ts';

const coded = ['stance', 'commenterKind', 'consent'] as const;
const words = { stance: 'stances', commenterKind: 'commenterKinds', consent: 'consents' } as const;
const free = ['text', 'proposedWording', 'name', 'phone', 'email'] as const;

/** Refuses a comment outside the period (409): says when it was, keeps every word typed, shows the contacts. */
export async function sendTooLate(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  typed: Readonly<Record<string, string>>,
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
    words: typed['text'] ? await wordsOf(site, consultation, typed) : [],
    contacts: contactsOf(consultation),
  };
  const view = early ? 'public/too-early' : 'public/too-late';
  return sendPage(request, reply, view, page, publicFrame(request, site), 409);
}

async function wordsOf(
  site: Site,
  consultation: PublishedConsultation,
  typed: Readonly<Record<string, string>>,
): Promise<LatePage['words']> {
  const { sentences } = site;
  const clause = await clauseByAddress(site.db, consultation.id, typed['clause'] ?? '');
  const chosen = coded.map((name) => {
    const labels: Readonly<Record<string, string>> = sentences[words[name]];
    return { label: sentences.fields[name], text: labels[typed[name] ?? ''] ?? '' };
  });
  const written = free.map((name) => ({ label: sentences.fields[name], text: typed[name] ?? '' }));
  const about = {
    label: sentences.fields.clause,
    text: clause ? nameOf(clause) : sentences.notice.wholeDraft,
  };
  return [about, ...chosen, ...written].filter((each) => each.text !== '');
}
