import type { FastifyReply } from 'fastify';
import { type CommentCounts, commentCounts } from '../../db/comment-counts.ts';
import { type Consultation, isPublished } from '../../db/consultations.ts';
import { ledgerOf } from '../../db/ledger.ts';
import { officerById } from '../../db/officers.ts';
import { may } from '../../domain/officer.ts';
import { type Day, daysUntil } from '../../domain/shanghai.ts';
import { daysShown } from '../public/timing.ts';
import { detailWords } from './audit/words.ts';
import type { Matter } from './contexts.ts';
import { mailNotes } from './mail/due.ts';
import { crumbsOf, matterOf, stoppedAt } from './matter.ts';
import { sendDesk } from './page.ts';
import { type Standing, standingsOf } from './standing.ts';
import { type Step, stepsOf } from './steps.ts';
import type { ConsultationVisit } from './visit.ts';

interface Feedback {
  readonly dueOn: Day;
  readonly daysSince: number;
  /** Until the day; 0 on it and after it. */
  readonly daysLeft: number;
  readonly daysLate: number;
  readonly workingDays: number;
}

export interface OverviewPage {
  readonly matter: Matter;
  readonly kind: string;
  /** Null before a publication by which it opens. */
  readonly opensAt: Date | null;
  /** When it publishes itself; null where that is not set. */
  readonly publishAt: Date | null;
  readonly closesAt: Date | null;
  /** When it was stopped, where that was before its closing. */
  readonly stoppedAt: Date | null;
  readonly answeredAt: Date | null;
  /** When the feedback was corrected last. */
  readonly correctedAt: Date | null;
  /** Days until it opens or closes. */
  readonly days: number;
  /** While feedback is owed: the day, how far it is, and the days that the setting gives. */
  readonly feedback: Feedback | null;
  readonly responsible: string;
  readonly mayHandOver: boolean;
  readonly reasonForShortening: string;
  /** Empty before publication. */
  readonly publicUrl: string;
  readonly counts: CommentCounts | null;
  readonly steps: readonly Step[];
  /** How many letters to commenters were set aside. */
  readonly failedLetters: number;
  /** What is wrong or waits in the mailbox. */
  readonly mailNotes: readonly string[];
  readonly ledger: readonly {
    readonly at: Date;
    readonly who: string;
    readonly what: string;
    readonly detail: string;
  }[];
}

/** Where one consultation stands: dates, numbers, steps, and who did what when. */
export async function showConsultation(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation, officer, now } = visit;
  const responsible = (await officerById(site.db, consultation.responsibleId))?.name ?? '';
  const [standing] = await standingsOf(site, [consultation], officer, now);
  const { opensAt, closesAt, answeredAt, correctedAt, publishAt, announcement } = consultation;
  const matter = matterOf(visit, 'overview');
  const page = {
    title: matter.title,
    matter,
    kind: site.sentences.kinds[consultation.kind],
    opensAt: isPublished(consultation) || (opensAt && opensAt > now) ? opensAt : null,
    publishAt: isPublished(consultation) ? null : publishAt,
    closesAt,
    stoppedAt: stoppedAt(consultation),
    answeredAt,
    correctedAt,
    days: daysLeft(consultation, now),
    reasonForShortening: announcement.reasonForShortening,
    publicUrl: isPublished(consultation) ? `/consultations/${consultation.number}` : '',
    counts: await countsOf(visit, standing as Standing),
    feedback: feedbackOf(visit, standing as Standing),
    responsible,
    mayHandOver: may(officer, 'handOver'),
    steps: stepsOf(visit, standing as Standing, responsible),
    mailNotes: await mailNotes(visit),
    failedLetters: standing?.lettersFailed ?? 0,
    ledger: await ledgerShown(visit),
  };
  return sendDesk(visit, 'desk/consultation', { ...page, crumbs: crumbsOf(visit).slice(0, 1) });
}

// Of what is answered, the home page asks for no counts; this page shows them.
async function countsOf({ site, consultation }: ConsultationVisit, standing: Standing) {
  if (!isPublished(consultation)) return null;
  if (standing.phase !== 'answered' && standing.phase !== 'withdrawn') return standing.counts;
  return (await commentCounts(site.db, [consultation.id])).get(consultation.id) ?? standing.counts;
}

function feedbackOf({ site, consultation, now }: ConsultationVisit, { clock }: Standing): Feedback | null {
  if (!clock || !isPublished(consultation)) return null;
  return {
    dueOn: clock.dueOn,
    daysSince: daysShown(consultation, now),
    daysLeft: Math.max(0, clock.daysLeft),
    daysLate: Math.max(0, -clock.daysLeft),
    workingDays: site.config.feedbackDays,
  };
}

function daysLeft({ opensAt, closesAt }: Consultation, now: Date): number {
  const until = opensAt && now < opensAt ? opensAt : closesAt;
  return until ? daysUntil(now, until) : 0;
}

async function ledgerShown({ site, consultation }: ConsultationVisit): Promise<OverviewPage['ledger']> {
  const { sentences } = site;
  const entries = await ledgerOf(site.db, consultation.id);
  return entries.map(({ at, who, what, detail }) => ({
    at,
    who: who || sentences.desk.bySystem,
    what: sentences.ledger[what],
    detail: detailWords({ what, detail }, sentences),
  }));
}
