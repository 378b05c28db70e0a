import { daysUntil } from '../../../domain/shanghai.ts';
import { baseOf, titleOf } from '../matter.ts';
import type { Standing } from '../standing.ts';
import type { Visit } from '../visit.ts';
import type { People } from './cards.ts';
import type { Matters } from './work.ts';

/** One consultation in a list of the desk. */
export interface DeskListed {
  readonly to: string;
  readonly title: string;
  readonly number: string;
  /** Who is responsible; empty when it is this officer. */
  readonly responsible: string;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly answeredAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** When it publishes itself; null where that is not arranged. */
  readonly publishAt: Date | null;
  /** Days until it opens or closes. */
  readonly days: number;
  readonly soon: boolean;
  readonly received: Standing['counts'];
  /** The last day on which feedback is in time; empty while it is not owed. */
  readonly dueOn: string;
  readonly late: boolean;
}

/** The consultations in a phase, newest first; those that are open as they close. */
export function listedIn(
  visit: Visit,
  matters: readonly Matters[],
  people: People,
  phase: Standing['phase'],
): DeskListed[] {
  const inPhase = matters.filter(({ standing }) => standing.phase === phase);
  return (phase === 'open' ? inPhase.sort(byClosing) : inPhase).map((each) => listedOf(visit, each, people));
}

function byClosing({ consultation: a }: Matters, { consultation: b }: Matters): number {
  return (a.closesAt?.getTime() ?? 0) - (b.closesAt?.getTime() ?? 0);
}

function listedOf(visit: Visit, { consultation, standing }: Matters, people: People): DeskListed {
  const { opensAt, closesAt, answeredAt, withdrawnAt, publishAt, number, responsibleId } = consultation;
  const until = standing.phase === 'upcoming' ? opensAt : standing.phase === 'open' ? closesAt : null;
  const days = until ? daysUntil(visit.now, until) : 0;
  const { clock } = standing;
  return {
    to: baseOf(consultation),
    title: titleOf(visit, consultation),
    number,
    responsible: responsibleId === visit.officer.id ? '' : (people.get(responsibleId)?.name ?? ''),
    ...{ opensAt, closesAt, answeredAt, withdrawnAt, publishAt },
    days,
    soon: days <= 3,
    received: standing.counts,
    dueOn: clock?.dueOn ?? '',
    late: clock !== null && clock.daysLeft < 0,
  };
}
