import type { FastifyReply } from 'fastify';
import { type CommentCounts, commentCounts } from '../../db/comment-counts.ts';
import { type Consultation, isPublished } from '../../db/consultations.ts';
import { failedLetters } from '../../db/desk-letters.ts';
import { ledgerOf } from '../../db/ledger.ts';
import { officerById } from '../../db/officers.ts';
import { fill } from '../../domain/feedback-notice.ts';
import { may } from '../../domain/officer.ts';
import { type Day, daysUntil, officialDeadline } from '../../domain/shanghai.ts';
import type { LinkKind } from '../../domain/versions/map.ts';
import { daysShown } from '../public/timing.ts';
import type { Matter } from './contexts.ts';
import { mailNotes } from './mail/due.ts';
import { crumbsOf, matterOf } from './matter.ts';
import { sendDesk } from './page.ts';
import { type Standing, standingsOf } from './standing.ts';
import { type Step, stepsOf } from './steps.ts';
import { versionName } from './versions/versions.ts';
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
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly answeredAt: Date | null;
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
  const { opensAt, closesAt, answeredAt, announcement } = consultation;
  const matter = matterOf(visit, 'overview');
  const page = {
    title: matter.title,
    matter,
    kind: site.sentences.kinds[consultation.kind],
    opensAt,
    closesAt,
    answeredAt,
    days: daysLeft(consultation, now),
    reasonForShortening: announcement.reasonForShortening,
    publicUrl: isPublished(consultation) ? `/consultations/${consultation.number}` : '',
    counts: await countsOf(visit, standing as Standing),
    feedback: feedbackOf(visit, standing as Standing),
    responsible,
    mayHandOver: may(officer, 'handOver'),
    steps: stepsOf(visit, standing as Standing, responsible),
    mailNotes: await mailNotes(visit),
    failedLetters: await failedLetters(site.db, consultation.id),
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
    detail: detailOf(detail, sentences),
  }));
}

type Detail = Awaited<ReturnType<typeof ledgerOf>>[number]['detail'];

function detailOf(detail: Detail, sentences: ConsultationVisit['site']['sentences']): string {
  const outcomes: Readonly<Record<string, string>> = sentences.outcomes;
  const channels: Readonly<Record<string, string>> = sentences.channels;
  const { before, after, channel, checked, version, linkAfter, count, letters, receiptNumber, submissions } =
    detail;
  const { reason, extendedTo, to } = detail;
  if (typeof to === 'string') return fill(sentences.desk.handedOverTo, { name: to });
  if (typeof reason === 'string') return reason;
  if (typeof extendedTo === 'string')
    return fill(sentences.desk.extendedTo, { closesAt: officialDeadline(new Date(extendedTo)) });
  if (typeof receiptNumber === 'string') return receiptNumber;
  if (typeof submissions === 'number') return fill(sentences.desk.submissionsCounted, { count: submissions });
  if (typeof version === 'number') return versionName(version, sentences);
  if (typeof linkAfter === 'string') return sentences.linkKinds[linkAfter as LinkKind];
  if (typeof letters === 'number') return fill(sentences.desk.lettersCounted, { count: letters });
  if (typeof count === 'number') return fill(sentences.desk.commentsCounted, { count });
  if (typeof after === 'string')
    return fill(before ? sentences.desk.outcomeChanged : sentences.desk.outcomeGiven, {
      before: outcomes[String(before)] ?? '',
      after: outcomes[after] ?? after,
    });
  if (typeof channel !== 'string') return '';
  const sentence = checked ? sentences.desk.channelTicked : sentences.desk.channelUnticked;
  return fill(sentence, { channel: channels[channel] ?? channel });
}
