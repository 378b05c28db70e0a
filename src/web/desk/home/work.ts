import type { Consultation } from '../../../db/consultations.ts';
import type { Deps } from '../../../deps.ts';
import { fill } from '../../../domain/feedback-notice.ts';
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
  returned: 'red',
  toSign: 'blue',
  toPublish: 'green',
  feedbackDue: 'amber',
  closingSoon: 'amber',
  mail: 'amber',
  clauses: 'amber',
  toScreen: 'amber',
  undisposed: 'amber',
  channelsUnchecked: 'amber',
  sheets: 'amber',
  lettersFailed: 'red',
  version: 'grey',
  preparing: 'grey',
};
const pages: Readonly<Record<WorkKind, string>> = {
  feedbackOverdue: '',
  returned: '/notice',
  toSign: '/notice',
  toPublish: '/notice',
  feedbackDue: '',
  closingSoon: '',
  mail: '/mail',
  clauses: '/mail',
  toScreen: '/comments?screening=waiting',
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
    closingSoon: closingIn(consultation, standing, now),
    version: some(standing.phase !== 'draft' && consultation.hasWork),
    preparing: some(standing.phase === 'draft'),
  };
  return workKinds.flatMap((kind) => {
    const amount = amounts[kind];
    return amount === null ? [] : [{ kind, amount }];
  });
}

/** True when it is this officer's turn: their role may do it, and they did not work on what they would sign. */
export function isFor(officer: Officer, kind: WorkKind, standing: Standing): boolean {
  if (kind === 'toSign' && standing.workers.includes(officer.id)) return false;
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

// Null where there is none.
type Of<Kind extends WorkKind> = Readonly<Record<Kind, number | null>>;

function answerWork({ owesAnswer, counts, unchecked, verdict, clock }: Standing) {
  const signed = verdict === 'signed';
  const ready = counts.undisposed === 0 && unchecked.length === 0;
  const left = clock?.daysLeft ?? Number.POSITIVE_INFINITY;
  const found: Of<'feedbackOverdue' | 'feedbackDue' | 'returned' | 'toSign' | 'toPublish'> = {
    feedbackOverdue: left < 0 ? -left : null,
    feedbackDue: left >= 0 && left <= soonDays ? left : null,
    returned: some(verdict === 'returned'),
    toSign: some(owesAnswer && ready && !signed),
    toPublish: some(signed),
  };
  return found;
}

// Once the notice is signed nothing of this changes any more; the mail may still bring something.
function receivedWork({ phase, owesAnswer, counts, unchecked, verdict, mail, ...standing }: Standing) {
  const toAnswer = owesAnswer && verdict !== 'signed';
  const found: Of<
    'mail' | 'clauses' | 'toScreen' | 'undisposed' | 'channelsUnchecked' | 'sheets' | 'lettersFailed'
  > = {
    mail: mail.messages || null,
    clauses: mail.clauses || null,
    toScreen: ((phase === 'open' || toAnswer) && standing.toScreen) || null,
    undisposed: (toAnswer && counts.undisposed) || null,
    channelsUnchecked: (toAnswer && unchecked.length) || null,
    sheets: standing.sheets || null,
    lettersFailed: standing.lettersFailed || null,
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
