import type { AssignedFilter } from '../../../domain/assignment.ts';
import type { Tally } from '../../../domain/tallies.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Visit } from '../visit.ts';
import type { Candidate } from './people.ts';

/** Whose comments a list can be asked for: mine, nobody's, and those of whoever takes or has some. */
export function assignedChoices(
  { site, officer }: Visit,
  candidates: readonly Candidate[],
  tallies: readonly Tally[],
  asked: AssignedFilter,
): Choice[] {
  const { desk } = site.sentences;
  const having = new Set(tallies.map(({ assignee }) => assignee));
  const others = candidates.filter(({ key, takes }) => takes || having.has(key) || key === asked);
  return [
    { value: '', label: desk.anything },
    ...(['me', 'none'] as const).map((value) => ({ value, label: desk.assignedFilters[value] })),
    ...(asked === 'left' ? [{ value: asked, label: desk.assignedFilters[asked] }] : []),
    ...others
      .filter(({ key }) => key !== `o${officer.id}` || key === asked)
      .map(({ key, name }) => ({ value: key, label: name })),
  ];
}
