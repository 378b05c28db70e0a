import { workersOnEach } from '../../db/answer-workers.ts';
import { type CommentCounts, countsIn } from '../../db/comment-counts.ts';
import { type Consultation, phaseNow } from '../../db/consultations.ts';
import { type MailWaits, mailWaits } from '../../db/desk-mail.ts';
import { failedLettersOf } from '../../db/letter-tallies.ts';
import type { Db } from '../../db/session.ts';
import { channelsChecked, sheetsToConfirm, verdictsOn } from '../../db/standings.ts';
import { talliesByConsultation } from '../../db/tallies.ts';
import { type ApprovalTurn, approvalTurns, correctionsOpen } from '../../db/turns.ts';
import { officersWhoLeft, orphanCounts, suggestionCounts } from '../../db/waiting-work.ts';
import { type Deps, feedbackSetting } from '../../deps.ts';
import { openChannels } from '../../domain/announcement-issues.ts';
import type { Channel } from '../../domain/comment.ts';
import type { Phase } from '../../domain/consultation.ts';
import { type FeedbackClock, type FeedbackSetting, feedbackClock } from '../../domain/feedback-clock.ts';
import type { Officer } from '../../domain/officer.ts';
import { toScreen, undisposedOf } from '../../domain/tallies.ts';

/** How far the work on one consultation has come. */
export interface Standing {
  readonly phase: Phase | 'draft';
  /** True from the closing, or from the stop, until the notice is published. */
  readonly owesAnswer: boolean;
  /** While it is open or owes an answer; nothing before and after. */
  readonly counts: CommentCounts;
  /** 条 to be screened: while it is open, where it shows comments; then everywhere, since the notice prints them. */
  readonly toScreen: number;
  /** Channels the announcement opened that nobody ticked as looked through. */
  readonly unchecked: readonly Channel[];
  /** What the approver said last of the notice. */
  readonly verdict: 'signed' | 'returned' | null;
  readonly workers: readonly number[];
  /** Before publication, where approval was asked for. */
  readonly approval: ApprovalTurn | null;
  /** 条 to be disposed of that are assigned to this officer, and to officers who left. */
  readonly assigned: number;
  readonly assignedLeft: number;
  /** 条 whose clause the newest version has no more. */
  readonly orphaned: number;
  /** Groups of alike comments that were suggested and not decided on. */
  readonly suggestions: number;
  readonly mail: MailWaits;
  readonly sheets: number;
  readonly lettersFailed: number;
  /** Runs from the closing to the published notice; null otherwise. */
  readonly clock: FeedbackClock | null;
}

/** Reads how far consultations have come, in the same order, by as many questions for many as for one. */
export async function standingsOf(
  deps: Pick<Deps, 'db' | 'config' | 'isWorkingDay'>,
  consultations: readonly Consultation[],
  officer: Officer,
  now: Date,
): Promise<Standing[]> {
  const facts = await readFacts(deps.db, consultations, officer, now);
  const setting = feedbackSetting(deps);
  return consultations.map((consultation) => standingOf(consultation, facts, setting, now));
}

type Facts = Awaited<ReturnType<typeof readFacts>>;

// What only matters in a phase is asked about the consultations in that phase alone.
async function readFacts(db: Db, consultations: readonly Consultation[], officer: Officer, now: Date) {
  const inPhase = (...phases: readonly Standing['phase'][]) =>
    consultations.filter((each) => phases.includes(phaseNow(each, now)));
  const ids = (some: readonly Consultation[]) => some.map(({ id }) => id);
  const open = inPhase('open');
  const corrected = await correctionsOpen(db, ids(inPhase('answered', 'withdrawn')));
  const owing = ids(consultations.filter((each) => owesAnswer(each, corrected, now)));
  const live = [...ids(open), ...owing];
  const published = ids(inPhase('open', 'closed', 'answered', 'withdrawn'));
  return {
    tallies: await talliesByConsultation(db, live),
    checked: await channelsChecked(db, owing),
    verdicts: await verdictsOn(db, owing),
    corrected,
    workers: await workersOnEach(db, owing),
    approvals: await approvalTurns(db, ids(inPhase('draft'))),
    officerId: officer.id,
    left: await officersWhoLeft(db, officer.agencyId),
    orphaned: await orphanCounts(db, live),
    suggestions: await suggestionCounts(db, live),
    mail: await mailWaits(db, published),
    sheets: await sheetsToConfirm(db, live),
    lettersFailed: await failedLettersOf(db, published),
  };
}

function standingOf(consultation: Consultation, facts: Facts, setting: FeedbackSetting, now: Date): Standing {
  const { id, announcement, closesAt } = consultation;
  const phase = phaseNow(consultation, now);
  const owes = owesAnswer(consultation, facts.corrected, now);
  const checked = facts.checked.get(id) ?? [];
  const tallies = facts.tallies.get(id) ?? [];
  return {
    phase,
    owesAnswer: owes,
    counts: countsIn(tallies),
    toScreen: owes || consultation.showsComments ? toScreen(tallies) : 0,
    unchecked: owes ? openChannels(announcement).filter((channel) => !checked.includes(channel)) : [],
    verdict: facts.verdicts.get(id) ?? null,
    workers: facts.workers.get(id) ?? [],
    approval: facts.approvals.get(id) ?? null,
    assigned: undisposedOf(tallies, [`o${facts.officerId}`]),
    assignedLeft: undisposedOf(
      tallies,
      facts.left.map((each) => `o${each}` as const),
    ),
    orphaned: facts.orphaned.get(id) ?? 0,
    suggestions: facts.suggestions.get(id) ?? 0,
    mail: facts.mail.get(id) ?? { clauses: 0, messages: 0 },
    sheets: facts.sheets.get(id) ?? 0,
    lettersFailed: facts.lettersFailed.get(id) ?? 0,
    clock: phase === 'closed' && closesAt ? feedbackClock(closesAt, setting, now) : null,
  };
}

// One that was stopped owes an answer, too, with no day by which; and one that is being corrected, another one.
function owesAnswer(consultation: Consultation, corrected: ReadonlySet<number>, now: Date): boolean {
  const phase = phaseNow(consultation, now);
  if (corrected.has(consultation.id)) return true;
  return phase === 'closed' || (phase === 'withdrawn' && !consultation.answeredAt);
}
