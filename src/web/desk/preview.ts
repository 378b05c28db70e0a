import type { FastifyReply } from 'fastify';
import { missingApproval } from '../../actions/approval.ts';
import { publishConsultation, publishingIssues } from '../../actions/publish-consultation.ts';
import { type Consultation, isPublished } from '../../db/consultations.ts';
import { type DraftWork, draftWork } from '../../db/draft-work.ts';
import { may } from '../../domain/officer.ts';
import { type FormBody, sentenceFor } from '../forms.ts';
import { blockViews } from '../public/blocks.ts';
import { announcementLetter } from '../public/letter.ts';
import type { BlockView, Contacts, Letterlike } from '../public/shapes.ts';
import { workClauses } from '../public/work-clauses.ts';
import type { Matter } from './contexts.ts';
import { disagreementsOf } from './disagreements.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { type Short, shortOf } from './period.ts';
import { lookAgain, revisionIn, wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface PreviewPage {
  readonly matter: Matter;
  readonly revision: number;
  /** What still stands in the way, each with the field where it is put right. */
  readonly issues: readonly { readonly to: string; readonly sentence: string }[];
  /** What the announcement's text says otherwise than its fields. */
  readonly disagreements: readonly string[];
  readonly stale: boolean;
  readonly mayPrepare: boolean;
  readonly mayPublish: boolean;
  readonly kind: string;
  readonly number: string;
  readonly agencyName: string;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly opensAtOnce: boolean;
  /** When it is to publish itself; null unless that is arranged. */
  readonly publishAt: Date | null;
  readonly short: Short | null;
  readonly reasonForShortening: string;
  /** What is asked of those who comment, and whether it must be given. */
  readonly asks: readonly { readonly label: string; readonly asked: string }[];
  readonly showsComments: boolean;
  readonly announcement: Letterlike;
  readonly contacts: Contacts;
  readonly blocks: readonly BlockView[];
}

/** The public page as it will look, and what still keeps it from being published. */
export async function showPreview(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation } = visit;
  if (!isPublished(consultation)) return sendPreview(visit, 200);
  return goTo(visit, baseOf(consultation) + (consultation.hasWork ? '/mapping' : ''));
}

/** Publishes what the preview showed. */
export async function takePublication(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const revision = revisionIn((request.body ?? {}) as FormBody);
  const input = { officer, id: consultation.id, revision };
  const publication = publishConsultation(site.db, input, site.isWorkingDay, now);
  if (await wentStale(publication)) return sendPreview(await lookAgain(visit), 409);
  if ('issues' in (await publication)) return sendPreview(visit, 422);
  return goTo(visit, `${baseOf(consultation)}?done=published`);
}

async function sendPreview(visit: ConsultationVisit, status: 200 | 409 | 422): Promise<FastifyReply> {
  const { site, consultation, officer, now } = visit;
  const { announcement, opensAt, closesAt, kind } = consultation;
  const work = await draftWork(site.db, consultation.id);
  const page = {
    title: site.sentences.desk.pages.preview,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'preview'),
    revision: consultation.revision,
    issues: await issuesOf(visit, work),
    disagreements: disagreementsOf(consultation, site.sentences),
    stale: status === 409,
    mayPrepare: may(officer, 'prepare'),
    mayPublish: may(officer, 'publish'),
    kind: site.sentences.kinds[kind],
    number: consultation.number,
    agencyName: announcement.agencyName,
    opensAt,
    closesAt,
    publishAt: consultation.publishAt,
    opensAtOnce: opensAt !== null && opensAt <= now,
    short: shortOf(site, consultation),
    reasonForShortening: announcement.reasonForShortening,
    asks: asksOf(visit),
    showsComments: consultation.showsComments,
    announcement: announcementLetter(announcement),
    contacts: contactsOf(consultation),
    blocks: blockViews(workClauses(work), ''),
  };
  return sendDesk(visit, 'desk/preview', page, status);
}

async function issuesOf(
  { site, consultation, officer, now }: ConsultationVisit,
  work: DraftWork | undefined,
) {
  const { db, isWorkingDay, sentences } = site;
  const issues = [
    ...publishingIssues(consultation, work, isWorkingDay, now),
    ...(await missingApproval(db, consultation, work, officer.id)),
  ];
  return issues.map((issue) => ({
    to: baseOf(consultation) + placeOf(issue.field),
    sentence: sentenceFor(issue, sentences, sentences.announcementFields),
  }));
}

function placeOf(field: string): string {
  if (field === 'approval') return '/release';
  return field === 'source' ? '/draft' : `/announcement#${field}`;
}

function asksOf({ site, consultation }: ConsultationVisit): PreviewPage['asks'] {
  const { fields, asked } = site.sentences;
  return (['name', 'phone', 'email'] as const).map((field) => ({
    label: fields[field],
    asked: asked[consultation.asks[field]],
  }));
}

function contactsOf({ announcement }: Consultation): Contacts {
  const { contactPerson, phone, fax, mailbox, address, postcode } = announcement;
  return { contactPerson, phone, fax, mailbox, address, postcode };
}
