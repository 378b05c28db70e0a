import type { Consultation } from '../../../db/consultations.ts';
import { fill } from '../../../domain/fill.ts';
import { daysUntil, officialDay, officialDeadline } from '../../../domain/shanghai.ts';
import { type WorkKind, workDeeds } from '../../../domain/work.ts';
import type { Link } from '../../public/shapes.ts';
import type { Tag } from '../contexts.ts';
import { baseOf, titleOf } from '../matter.ts';
import type { Standing } from '../standing.ts';
import type { Visit } from '../visit.ts';
import { isFor, type Matters, placeOf, tagOf, type Work } from './work.ts';

/** One kind of work in a card. */
export interface Task extends Link {
  readonly kind: WorkKind;
  readonly tag: Tag;
  /** Whose turn it is, when it is not this officer's. */
  readonly whose: string;
}

/** A consultation at the home page with everything it waits for. */
export interface Card extends Link {
  readonly number: string;
  /** When it closes or feedback is due. */
  readonly when: string;
  /** Who is responsible; empty when it is this officer. */
  readonly responsible: string;
  readonly mine: boolean;
  readonly tasks: readonly Task[];
}

/** The officers of the agency, by id, those who left included. */
export type People = ReadonlyMap<number, { readonly name: string; readonly disabledAt: Date | null }>;

// Whoever may do it and did not work on it: none of them is responsible.
const shared: readonly WorkKind[] = ['toSign', 'toApprove', 'assigned'];

/** Consultations that wait for something, the most urgent first. */
export function cardsOf(visit: Visit, matters: readonly Matters[], people: People): Card[] {
  return matters
    .filter(({ work }) => work.length > 0)
    .sort((a, b) => urgency(a) - urgency(b) || b.consultation.id - a.consultation.id)
    .map((each) => cardOf(visit, each, people));
}

/** True when a kind of work waits for this very officer, and not for somebody else of the agency. */
export function isMine(
  { officer }: Visit,
  { consultation, standing }: Matters,
  kind: WorkKind,
  people: People,
): boolean {
  if (!isFor(officer, kind, standing)) return false;
  if (consultation.responsibleId === officer.id || shared.includes(kind)) return true;
  if (officer.role === 'administrator' && isLeft(consultation, people)) return true;
  return officer.role === 'approver' && (kind === 'feedbackOverdue' || kind === 'feedbackDue');
}

function cardOf(visit: Visit, matters: Matters, people: People): Card {
  const { consultation, standing, work } = matters;
  const isResponsible = consultation.responsibleId === visit.officer.id;
  return {
    to: baseOf(consultation),
    text: titleOf(visit, consultation),
    number: consultation.number,
    when: whenOf(visit, consultation, standing),
    responsible: isResponsible ? '' : (people.get(consultation.responsibleId)?.name ?? ''),
    mine: work.some(({ kind }) => isMine(visit, matters, kind, people)),
    tasks: work.map((one) => taskOf(visit, matters, one, people)),
  };
}

function taskOf(visit: Visit, matters: Matters, work: Work, people: People): Task {
  const { sentences } = visit.site;
  const { kind } = work;
  const deed = workDeeds[kind];
  const others =
    isMine(visit, matters, kind, people) || deed === null
      ? ''
      : sentences.desk.turnOf[['sign', 'approve'].includes(deed) ? 'approver' : 'caseworker'];
  return {
    kind,
    to: placeOf(matters.consultation, kind),
    text: sentences.desk.steps[kind],
    tag: tagOf(visit.site, work),
    whose: others,
  };
}

function whenOf(
  { site, now }: Visit,
  { opensAt, closesAt }: Consultation,
  { phase, clock }: Standing,
): string {
  const { desk, phases } = site.sentences;
  if (clock && closesAt) {
    const day = officialDay(clock.dueOn);
    return fill(desk.feedbackBy, { day, closesAt: officialDeadline(closesAt) });
  }
  if (phase === 'open' && closesAt)
    return fill(desk.closesIn, { days: daysUntil(now, closesAt), closesAt: officialDeadline(closesAt) });
  if (phase === 'upcoming' && opensAt) return fill(desk.opensIn, { days: daysUntil(now, opensAt) });
  return phases[phase];
}

// Whose officer left is the administrators' until they hand it over.
function isLeft({ responsibleId }: Consultation, people: People): boolean {
  return people.get(responsibleId)?.disabledAt !== null;
}

/** Milliseconds: the instant by which something has to be done. What has none comes last. */
function urgency({ consultation: { closesAt }, standing: { clock, phase } }: Matters): number {
  if (clock) return Date.parse(clock.dueOn);
  return phase === 'open' && closesAt ? closesAt.getTime() : Number.MAX_SAFE_INTEGER;
}
