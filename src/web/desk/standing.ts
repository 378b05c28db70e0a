import { type CommentCounts, commentCounts } from '../../db/comment-counts.ts';
import { type Consultation, phaseNow } from '../../db/consultations.ts';
import { type MailWaits, mailWaits } from '../../db/desk-mail.ts';
import type { Db } from '../../db/session.ts';
import {
  channelsChecked,
  commentsToScreen,
  failedLettersOf,
  sheetsToConfirm,
  verdictsOn,
  workersOnEach,
} from '../../db/standings.ts';
import type { Deps } from '../../deps.ts';
import { openChannels } from '../../domain/announcement-issues.ts';
import type { Channel } from '../../domain/comment.ts';
import type { Phase } from '../../domain/consultation.ts';
import { type FeedbackClock, type FeedbackSetting, feedbackClock } from '../../domain/feedback-clock.ts';

/** How far the work on one consultation has come. */
export interface Standing {
  readonly phase: Phase | 'draft';
  /** While it is open or closed; nothing before and after. */
  readonly counts: CommentCounts;
  /** 条 to be screened: while it is open, where it shows comments; then everywhere, since the notice prints them. */
  readonly toScreen: number;
  /** Channels the announcement opened that nobody ticked as looked through. */
  readonly unchecked: readonly Channel[];
  /** What the approver said last of the notice. */
  readonly verdict: 'signed' | 'returned' | null;
  readonly workers: readonly number[];
  readonly mail: MailWaits;
  readonly sheets: number;
  readonly lettersFailed: number;
  /** Runs from the closing to the published notice; null otherwise. */
  readonly clock: FeedbackClock | null;
}

const nothing: CommentCounts = {
  ...{ submissions: 0, comments: 0, undisposed: 0 },
  late: { submissions: 0, comments: 0 },
};

/** Reads how far consultations have come, in the same order, by as many questions for many as for one. */
export async function standingsOf(
  { db, config, isWorkingDay }: Pick<Deps, 'db' | 'config' | 'isWorkingDay'>,
  consultations: readonly Consultation[],
  now: Date,
): Promise<Standing[]> {
  const facts = await readFacts(db, consultations, now);
  const setting = { days: config.feedbackDays, isWorkingDay };
  return consultations.map((consultation) => standingOf(consultation, facts, setting, now));
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

// What only matters in a phase is asked about the consultations in that phase alone.
async function readFacts(db: Db, consultations: readonly Consultation[], now: Date) {
  const inPhase = (...phases: readonly Standing['phase'][]) =>
    consultations.filter((each) => phases.includes(phaseNow(each, now)));
  const ids = (some: readonly Consultation[]) => some.map(({ id }) => id);
  const open = inPhase('open');
  const closed = ids(inPhase('closed'));
  const live = [...ids(open), ...closed];
  const published = ids(inPhase('open', 'closed', 'answered'));
  const screened = [...ids(open.filter(({ showsComments }) => showsComments)), ...closed];
  return {
    counts: await commentCounts(db, live),
    toScreen: await commentsToScreen(db, screened),
    checked: await channelsChecked(db, closed),
    verdicts: await verdictsOn(db, closed),
    workers: await workersOnEach(db, closed),
    mail: await mailWaits(db, published),
    sheets: await sheetsToConfirm(db, live),
    lettersFailed: await failedLettersOf(db, published),
  };
}

function standingOf(
  { id, announcement, closesAt, ...rest }: Consultation,
  facts: Facts,
  setting: FeedbackSetting,
  now: Date,
): Standing {
  const phase = phaseNow({ id, announcement, closesAt, ...rest }, now);
  const isClosed = phase === 'closed';
  const checked = facts.checked.get(id) ?? [];
  return {
    phase,
    counts: facts.counts.get(id) ?? nothing,
    toScreen: facts.toScreen.get(id) ?? 0,
    unchecked: isClosed ? openChannels(announcement).filter((channel) => !checked.includes(channel)) : [],
    verdict: facts.verdicts.get(id) ?? null,
    workers: facts.workers.get(id) ?? [],
    mail: facts.mail.get(id) ?? { clauses: 0, messages: 0 },
    sheets: facts.sheets.get(id) ?? 0,
    lettersFailed: facts.lettersFailed.get(id) ?? 0,
    clock: isClosed && closesAt ? feedbackClock(closesAt, setting, now) : null,
  };
}
