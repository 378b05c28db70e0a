import { departmentsOf } from '../../../db/departments.ts';
import { officersOf } from '../../../db/officers.ts';
import type { AssignedFilter, Assignee } from '../../../domain/assignment.ts';
import { fill } from '../../../domain/fill.ts';
import { may } from '../../../domain/officer.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Visit } from '../visit.ts';

/** An officer or a department of the agency, as comments are given to them. */
export interface Candidate {
  readonly key: Exclude<Assignee, ''>;
  /** With a word behind it for whoever left or ended. */
  readonly name: string;
  /** False for whoever left, ended or may not dispose of comments. */
  readonly takes: boolean;
}

/** Everybody comments may have been given to: officers first, then departments. */
export async function candidatesOf({ site, officer }: Visit): Promise<Candidate[]> {
  const { desk } = site.sentences;
  const named = (name: string, left: boolean) => (left ? fill(desk.assigneeLeft, { name }) : name);
  const officers = await officersOf(site.db, officer.agencyId);
  const departments = await departmentsOf(site.db, officer.agencyId);
  return [
    ...officers.map(({ id, name, role, disabledAt }) => ({
      key: `o${id}` as const,
      name: named(name, disabledAt !== null),
      takes: disabledAt === null && may({ role }, 'dispose'),
    })),
    ...departments.map(({ id, name, removedAt }) => ({
      key: `d${id}` as const,
      name: named(name, removedAt !== null),
      takes: removedAt === null,
    })),
  ];
}

/** Those that comments can be given to. */
export function takersOf(candidates: readonly Candidate[]): Choice[] {
  return candidates.filter(({ takes }) => takes).map(({ key, name }) => ({ value: key, label: name }));
}

/** What an assignee is called: nobody too. */
export function namesOf(candidates: readonly Candidate[], { site }: Visit): (key: Assignee) => string {
  const names = new Map<Assignee, string>(candidates.map(({ key, name }) => [key, name]));
  return (key) => names.get(key) ?? site.sentences.desk.unassigned;
}

/** The assignees that a filter asks for; null for whomsoever. */
export async function assigneesIn(
  { site, officer }: Visit,
  asked: AssignedFilter,
): Promise<Assignee[] | null> {
  if (asked === '') return null;
  if (asked === 'none') return [''];
  if (asked === 'me') return [`o${officer.id}`];
  if (asked !== 'left') return [asked];
  const officers = await officersOf(site.db, officer.agencyId);
  return officers.filter(({ disabledAt }) => disabledAt !== null).map(({ id }) => `o${id}` as const);
}
