import type { FastifyReply } from 'fastify';
import { assignComments } from '../../../actions/assign-comments.ts';
import { assignableComments, latestAssignment } from '../../../db/assignments.ts';
import { type Assignee, assigneeIn } from '../../../domain/assignment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, type FormState, formState, line, raw, text } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { deedTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { sendFormCounting } from '../notice-counting.ts';
import { goTo, sendDesk } from '../page.ts';
import { type Choosing, choiceMeant, choosingQuery, readChoosing, setMeant } from '../received/chosen.ts';
import { listQuery } from '../received/filter.ts';
import { deedOfFirst, formSent } from '../received/sent-twice.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type AssignedMeanwhile, assignedMeanwhile } from './meanwhile.ts';
import { candidatesOf, namesOf, takersOf } from './people.ts';

export interface AssignmentPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** Says again which comments are meant. */
  readonly choosing: string;
  readonly count: number;
  /** About how long that takes, in words; empty where nobody would wonder. */
  readonly takes: string;
  /** Whose they are now; nobody's first. */
  readonly now: readonly { readonly label: string; readonly comments: number }[];
  /** True where something can be taken back. */
  readonly anyAssigned: boolean;
  readonly assignees: readonly Choice[];
  readonly mayKeepDepartments: boolean;
  /** What the page was made for: the set as it stood, and the latest assignment then. */
  readonly mark: string;
  readonly upTo: number;
  readonly stale: boolean;
  /** Comments that somebody gave to somebody meanwhile, some of them where they are many. */
  readonly changed: readonly AssignedMeanwhile[];
  readonly back: string;
}

interface AssignmentState {
  readonly typed: Readonly<Record<'assignee' | 'assignmentRemark', string>>;
  readonly issues?: readonly Issue[];
  readonly changed?: AssignmentPage['changed'];
}

/** Whose the chosen comments are, and the form that gives them to somebody. */
export async function showAssignment(visit: ConsultationVisit): Promise<FastifyReply> {
  const choosing = readChoosing(new URL(visit.request.originalUrl, 'http://desk').searchParams);
  return (
    (await sendFormCounting(visit, 'assignment', choosing)) ??
    sendAssignment(visit, choosing, { typed: { assignee: '', assignmentRemark: '' } })
  );
}

/** Gives the chosen comments to somebody, or takes them back; when they are not what the page said, nothing is done and it says which. */
export async function takeAssignment(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const choosing = readChoosing(new URLSearchParams(raw(body, 'choosing')));
  const typed = { assignee: line(body, 'assignee'), assignmentRemark: text(body, 'assignmentRemark') };
  const again = (issues: readonly Issue[]) => sendAssignment(visit, choosing, { typed, issues });
  const to = assigneeTyped(body);
  const { comments, mark } = await assignableComments(site.db, await choiceMeant(visit, choosing));
  if (mark !== raw(body, 'mark')) return sendStale(visit, choosing, typed);
  if (to === undefined) return again([{ field: 'assignee', key: 'choose' }]);
  const remark = typed.assignmentRemark;
  const input = { officer, consultationId: consultation.id, comments, to, remark, form: formSent(visit) };
  const result = await assignComments(site.db, input, now);
  if ('changed' in result) return sendStale(visit, choosing, typed);
  if ('issues' in result) return again(result.issues);
  return goTo(visit, doneAt(visit, choosing, to, result.assigned));
}

function assigneeTyped(body: FormBody): Assignee | undefined {
  return raw(body, 'do') === 'takeBack' ? '' : assigneeIn(line(body, 'assignee'));
}

function doneAt(visit: ConsultationVisit, { list }: Choosing, to: Assignee, count: unknown): string {
  const query = new URLSearchParams(listQuery(list));
  query.set(to === '' ? 'givenBack' : 'given', String(count));
  return `${baseOf(visit.consultation)}/comments?${query}`;
}

async function sendStale(
  visit: ConsultationVisit,
  choosing: Choosing,
  typed: AssignmentState['typed'],
): Promise<FastifyReply> {
  const body = (visit.request.body ?? {}) as FormBody;
  const first = await deedOfFirst(visit);
  if (first) return goTo(visit, doneAt(visit, choosing, assigneeTyped(body) ?? '', first.detail['count']));
  const after = Number(raw(body, 'upTo')) || 0;
  return sendAssignment(visit, choosing, {
    typed,
    changed: await assignedMeanwhile(visit, after, choosing.ids),
  });
}

async function sendAssignment(
  visit: ConsultationVisit,
  choosing: Choosing,
  { typed, issues = [], changed }: AssignmentState,
): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  const { sentences } = site;
  const { comments, byState, mark } = await setMeant(visit, choosing, 'assignee');
  const candidates = await candidatesOf(visit);
  const back = `${baseOf(consultation)}/comments?${listQuery(choosing.list)}`;
  const page = {
    title: sentences.desk.assignment,
    crumbs: [...crumbsOf(visit), { to: back, text: sentences.desk.pages.comments }],
    matter: matterOf(visit, 'comments'),
    form: formState({ ...typed }, issues, sentences),
    choosing: choosingQuery(choosing),
    count: comments,
    takes: deedTakes(comments, sentences),
    now: countsBy(byState, namesOf(candidates, visit)),
    anyAssigned: comments > (byState.get('') ?? 0),
    assignees: [{ value: '', label: sentences.desk.chooseAssignee }, ...takersOf(candidates)],
    mayKeepDepartments: may(officer, 'keepDepartments'),
    mark,
    upTo: await latestAssignment(site.db),
    stale: changed !== undefined,
    changed: changed ?? [],
    back,
  };
  return sendDesk(visit, 'desk/assignment', page, changed ? 409 : issues.length > 0 ? 422 : 200);
}

function countsBy(
  byState: ReadonlyMap<Assignee, number>,
  nameOf: (key: Assignee) => string,
): AssignmentPage['now'] {
  return [...byState]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, count]) => ({ label: nameOf(key), comments: count }));
}
