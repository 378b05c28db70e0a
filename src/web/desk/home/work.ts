import type { Consultation } from '../../../db/consultations.ts';
import type { Deps } from '../../../deps.ts';
import { fill } from '../../../domain/fill.ts';
import { may, type Officer } from '../../../domain/officer.ts';
import { daysUntil } from '../../../domain/shanghai.ts';
import { type WorkKind, workDeeds, workKinds } from '../../../domain/work.ts';
import type { Tag } from '../contexts.ts';
import { baseOf } from '../matter.ts';
import type { Standing } from '../standing.ts';

/** A kind of work that a consultation waits for: how much of it, in its own unit (条, 封, days …). */
export interface Work {
  readonly kind: WorkKind;
  readonly amount: number;
}

/** A consultation with how far it has come and what it waits for, the most urgent first. */
export interface Matters {
  readonly consultation: Consultation;
  readonly standing: Standing;
  readonly work: readonly Work[];
}

const soonDays = 7;
const closingSoonDays = 3;
const colours: Readonly<Record<WorkKind, string>> = {
  feedbackOverdue: 'red',
  publicationFailed: 'red',
  toApprove: 'blue',
  approvalReturned: 'red',
  returned: 'red',
  toSign: 'blue',
  toPublish: 'green',
  feedbackDue: 'amber',
  closingSoon: 'amber',
  mail: 'amber',
  clauses: 'amber',
  toScreen: 'amber',
  assigned: 'amber',
  assignedLeft: 'red',
  orphaned: 'amber',
  suggestions: 'grey',
  undisposed: 'amber',
  channelsUnchecked: 'amber',
  sheets: 'amber',
  lettersFailed: 'red',
  version: 'grey',
  preparing: 'grey',
};
const pages: Readonly<Record<WorkKind, string>> = {
  feedbackOverdue: '',
  publicationFailed: '/preview',
  toApprove: '/release',
  approvalReturned: '/release',
  returned: '/notice',
  toSign: '/notice',
  toPublish: '/notice',
  feedbackDue: '',
  closingSoon: '',
  mail: '/mail',
  clauses: '/mail',
  toScreen: '/comments?screening=waiting',
  assigned: '/comments?disposition=undisposed&assigned=me',
  assignedLeft: '/comments?disposition=undisposed&assigned=left',
  orphaned: '/orphans',
  suggestions: '/groups',
  undisposed: '/comments?disposition=undisposed',
  channelsUnchecked: '/channels',
  sheets: '/entry/sheet',
  lettersFailed: '/letters?show=failed',
  version: '/draft',
  preparing: '/announcement',
};

/** What a consultation waits for, the most urgent first. */
export function workOn(consultation: Consultation, standing: Standing, now: Date): Work[] {
  const amounts: Of<WorkKind> = {
    ...answerWork(standing),
    ...receivedWork(standing),
    ...draftWork(consultation, standing),
    closingSoon: closingIn(consultation, standing, now),
  };
  return workKinds.flatMap((kind) => {
    const amount = amounts[kind];
    return amount === null ? [] : [{ kind, amount }];
  });
}

/** True when it is this officer's turn: their role may do it, and they did not work on what they would sign, nor prepare what they would approve. */
export function isFor(officer: Officer, kind: WorkKind, standing: Standing): boolean {
  if (kind === 'toSign' && standing.workers.includes(officer.id)) return false;
  if (kind === 'toApprove' && standing.approval?.preparers.includes(officer.id)) return false;
  const deed = workDeeds[kind];
  return deed === null || may(officer, deed);
}

/** Where a kind of work is done. */
export function placeOf(consultation: Consultation, kind: WorkKind): string {
  return baseOf(consultation) + pages[kind];
}

/** How much there is of a kind of work, in words. */
export function tagOf({ sentences }: Pick<Deps, 'sentences'>, { kind, amount }: Work): Tag {
  const isToday = kind === 'feedbackDue' && amount === 0;
  const sentence = isToday ? sentences.desk.dueToday : sentences.waits[kind];
  return { kind: colours[kind], text: fill(sentence, { count: amount }) };
}

/** True when nothing is left to do before the notice can be signed. */
export function isReady({
  counts,
  unchecked,
  mail,
  sheets,
}: Pick<Standing, 'counts' | 'unchecked' | 'mail' | 'sheets'>): boolean {
  return counts.undisposed === 0 && unchecked.length === 0 && mail.clauses === 0 && sheets === 0;
}

// Null where there is none.
type Of<Kind extends WorkKind> = Readonly<Record<Kind, number | null>>;

function answerWork({ owesAnswer, verdict, clock, ...standing }: Standing) {
  const signed = verdict === 'signed';
  const left = clock?.daysLeft ?? Number.POSITIVE_INFINITY;
  const found: Of<'feedbackOverdue' | 'feedbackDue' | 'returned' | 'toSign' | 'toPublish'> = {
    feedbackOverdue: left < 0 ? -left : null,
    feedbackDue: left >= 0 && left <= soonDays ? left : null,
    returned: some(verdict === 'returned'),
    toSign: some(owesAnswer && isReady(standing) && !signed),
    toPublish: some(signed),
  };
  return found;
}

// Once the notice is signed nothing of this changes any more; the mail may still bring something.
function receivedWork({ phase, owesAnswer, counts, unchecked, verdict, mail, ...standing }: Standing) {
  const toAnswer = owesAnswer && verdict !== 'signed';
  const underWay = phase === 'open' || toAnswer;
  const found: Of<
    | 'mail'
    | 'clauses'
    | 'toScreen'
    | 'assigned'
    | 'assignedLeft'
    | 'orphaned'
    | 'suggestions'
    | 'undisposed'
    | 'channelsUnchecked'
    | 'sheets'
    | 'lettersFailed'
  > = {
    mail: mail.messages || null,
    clauses: mail.clauses || null,
    toScreen: (underWay && standing.toScreen) || null,
    assigned: (underWay && standing.assigned) || null,
    assignedLeft: (underWay && standing.assignedLeft) || null,
    orphaned: (underWay && standing.orphaned) || null,
    suggestions: (underWay && standing.suggestions) || null,
    undisposed: (toAnswer && counts.undisposed) || null,
    channelsUnchecked: (toAnswer && unchecked.length) || null,
    sheets: standing.sheets || null,
    lettersFailed: standing.lettersFailed || null,
  };
  return found;
}

function draftWork({ publishFailedAt, publishAt, hasWork }: Consultation, { phase, approval }: Standing) {
  const isDraft = phase === 'draft';
  const waits = isDraft && (approval?.step === 'asked' || publishAt !== null);
  const found: Of<'publicationFailed' | 'toApprove' | 'approvalReturned' | 'version' | 'preparing'> = {
    publicationFailed: some(isDraft && publishFailedAt !== null),
    toApprove: some(isDraft && approval?.step === 'asked'),
    approvalReturned: some(isDraft && approval?.step === 'returned'),
    version: some(!isDraft && hasWork),
    preparing: some(isDraft && !waits),
  };
  return found;
}

function closingIn({ closesAt }: Consultation, { phase }: Standing, now: Date): number | null {
  if (phase !== 'open' || !closesAt) return null;
  const days = daysUntil(now, closesAt);
  return days <= closingSoonDays ? days : null;
}

function some(is: boolean): number | null {
  return is ? 1 : null;
}
