import type { FastifyReply } from 'fastify';
import { keepDepartment } from '../../../actions/keep-department.ts';
import { departmentsOf } from '../../../db/departments.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line } from '../../forms.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';

export interface DepartmentsPage {
  readonly form: FormState;
  readonly departments: readonly { readonly to: string; readonly name: string }[];
  /** Those that ended: what was given to them keeps their name. */
  readonly ended: readonly { readonly name: string; readonly removedAt: Date | null }[];
}

/** The departments that comments can be given to, and the form for another. */
export function showDepartments(visit: Visit): Promise<FastifyReply> {
  return sendDepartments(visit, '');
}

/** Puts another department on the list. */
export async function takeDepartment(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const name = line((request.body ?? {}) as FormBody, 'departmentName');
  const issues = await keepDepartment(site.db, { officer, place: 'new', name }, now);
  if (issues.length > 0) return sendDepartments(visit, name, issues);
  return goTo(visit, '/desk/departments?done=departmentKept');
}

async function sendDepartments(
  visit: Visit,
  departmentName: string,
  issues: readonly Issue[] = [],
): Promise<FastifyReply> {
  const { site, officer } = visit;
  const all = await departmentsOf(site.db, officer.agencyId);
  const page = {
    title: site.sentences.desk.departments,
    form: formState({ departmentName }, issues, site.sentences),
    departments: all
      .filter(({ removedAt }) => removedAt === null)
      .map(({ id, name }) => ({ to: `/desk/departments/${id}`, name })),
    ended: all
      .filter(({ removedAt }) => removedAt !== null)
      .map(({ name, removedAt }) => ({ name, removedAt })),
  };
  return sendDesk(visit, 'desk/departments', page, issues.length > 0 ? 422 : 200);
}
