import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { latestDraft } from '../../db/drafts.ts';
import { versionsOf } from '../../db/versions.ts';
import { phaseOf } from '../../domain/consultation.ts';
import { type Frame, keyIn, readingFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Rendered } from '../plugins/page-cache.ts';
import type { Site } from '../site.ts';
import { blockViews, contentsOf } from './blocks.ts';
import type { ConsultationPage } from './contexts.ts';
import { announcementLetter } from './letter.ts';
import { lifeOf } from './life.ts';
import { formAt, homeLink } from './links.ts';
import { publishedNoticeView } from './published-notice.ts';
import type { Contacts } from './shapes.ts';
import { shownOf, withCounts } from './shown/counts.ts';
import { daysShown, nextChange } from './timing.ts';
import { versionsView } from './version.ts';

/** One consultation on one page: announcement, draft, feedback; a template for each phase. */
export function registerConsultation(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { number: string } }>('/consultations/:number', async (request, reply) => {
    const { number } = request.params;
    const frame = readingFrame(request, site);
    const key = keyIn(frame, `/consultations/${number}`);
    const sent = await site.cache.send(request, reply, key, () => render(app, site, number, frame));
    if (!sent) reply.callNotFound();
    return reply;
  });
}

async function render(
  app: FastifyInstance,
  site: Site,
  number: string,
  frame: Frame,
): Promise<Rendered | undefined> {
  const now = site.clock();
  const consultation = await publishedConsultation(site.db, number);
  if (!consultation) return undefined;
  const page = await consultationPage(site, consultation, now);
  const html = await renderInPhase(app, site, consultation, page, frame, now);
  return { html, validUntil: nextChange(consultation, now) };
}

async function renderInPhase(
  app: FastifyInstance,
  site: Site,
  consultation: PublishedConsultation,
  page: ConsultationPage & { readonly title: string },
  frame: Frame,
  now: Date,
): Promise<string> {
  const phase = phaseOf(consultation, now);
  if (phase === 'withdrawn') {
    const { withdrawnAt, withdrawnReason } = consultation;
    const answer = (await publishedNoticeView(site, consultation)) ?? null;
    const withdrawn = { withdrawnAt: withdrawnAt ?? now, withdrawnReason: withdrawnReason ?? '', answer };
    return renderPage(app, 'public/withdrawn', { ...page, ...withdrawn }, frame);
  }
  if (phase !== 'answered') return renderPage(app, `public/${phase}`, page, frame);
  const answer = await publishedNoticeView(site, consultation);
  if (!answer) throw new Error(`consultation ${consultation.number} is answered without a notice`);
  return renderPage(app, 'public/answered', { ...page, ...answer }, frame);
}

async function consultationPage(
  site: Site,
  consultation: PublishedConsultation,
  now: Date,
): Promise<ConsultationPage & { readonly title: string }> {
  const { number, opensAt, closesAt, answeredAt, correctedAt, publishedAt, announcement } = consultation;
  const to = `/consultations/${number}`;
  const open = phaseOf(consultation, now) === 'open';
  const draft = await latestDraft(site.db, consultation.id);
  const commentTo = open && draft ? formAt(to, draft.version) : '';
  const versions = await versionsOf(site.db, consultation.id);
  const standing = draft ? await site.standingIn(consultation, draft) : null;
  const blocks = withCounts(
    blockViews(draft?.clauses ?? [], commentTo && `${commentTo}&clause=`, `${to}/clauses/`),
    standing,
    `${to}/clauses/`,
  );
  return {
    title: announcement.title,
    crumbs: [homeLink],
    number,
    to,
    agencyName: announcement.agencyName,
    siteName: announcement.siteName,
    opensAt,
    closesAt,
    answeredAt,
    correctedAt,
    publishedAt,
    days: daysShown(consultation, now),
    commentTo,
    announcement: announcementLetter(announcement),
    reasonForShortening: announcement.reasonForShortening,
    contacts: contactsOf(consultation),
    blocks,
    contents: contentsOf(blocks),
    shown: shownOf(standing, to),
    life: await lifeOf(site.db, consultation),
    versions: versions.length > 1 ? versionsView(to, versions, draft?.version ?? 1) : null,
  };
}

/** How to reach the agency of a consultation. */
export function contactsOf({ announcement }: PublishedConsultation): Contacts {
  const { contactPerson, phone, fax, mailbox, address, postcode } = announcement;
  return { contactPerson, phone, fax, mailbox, address, postcode };
}
