import type { FastifyReply } from 'fastify';
import { endDepartment, keepDepartment } from '../../../actions/keep-department.ts';
import { type Department, departmentOf } from '../../../db/departments.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { goTo, idIn, sendDesk, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { Visit } from '../visit.ts';

export interface DepartmentPage {
  readonly form: FormState;
  readonly to: string;
  /** What it is called, as the form was made for it. */
  readonly name: string;
  /** Since when it is given nothing any more; null while it is. */
  readonly removedAt: Date | null;
  /** Somebody renamed or ended it in the meantime. */
  readonly stale: boolean;
}

/** One department, to be renamed or ended. */
export async function showDepartment(visit: Visit): Promise<FastifyReply> {
  const department = await asked(visit);
  return department ? sendDepartment(visit, department, department.name) : sendNotFound(visit);
}

/** Renames a department or ends it; the second of two administrators sees what the first did, and loses no word. */
export async function takeDepartmentChange(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const department = await asked(visit);
  if (!department) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const name = line(body, 'departmentName');
  const place = { id: department.id, seenName: raw(body, 'seen') };
  const ends = raw(body, 'do') === 'end';
  const deed = ends
    ? endDepartment(site.db, { officer, place }, now)
    : keepDepartment(site.db, { officer, place, name }, now);
  if (await wentStale(deed))
    return sendDepartment(visit, (await asked(visit)) ?? department, name, { issues: [], stale: true });
  const issues = (await deed) ?? [];
  if (issues.length > 0)
    return sendDepartment(visit, { ...department, name: place.seenName }, name, { issues });
  return goTo(visit, `/desk/departments?done=${ends ? 'departmentEnded' : 'departmentKept'}`);
}

function asked({ site, request, officer }: Visit): Promise<Department | undefined> {
  return departmentOf(site.db, officer.agencyId, idIn(request, 'department') ?? 0);
}

function sendDepartment(
  visit: Visit,
  { id, name, removedAt }: Department,
  departmentName: string,
  { issues, stale = false }: { readonly issues: readonly Issue[]; readonly stale?: boolean } = { issues: [] },
): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: name,
    crumbs: [{ to: '/desk/departments', text: sentences.desk.departments }],
    form: formState({ departmentName }, issues, sentences),
    ...{ to: `/desk/departments/${id}`, name, removedAt, stale },
  };
  return sendDesk(visit, 'desk/department', page, stale ? 409 : issues.length > 0 ? 422 : 200);
}
