import type { FastifyReply } from 'fastify';
import { disposeOfComments } from '../../../actions/dispose-of-comments.ts';
import {
  type ChosenComment,
  chosenComments,
  decidedSince,
  latestDisposition,
} from '../../../db/chosen-comments.ts';
import { judgeDisposition, outcomes } from '../../../domain/disposition.ts';
import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, list as listed, raw, text } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import { sendComments } from '../comments.ts';
import type { Matter } from '../contexts.ts';
import { deedTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { sendFormCounting } from '../notice-counting.ts';
import { goTo, sendDesk } from '../page.ts';
import { asksForTemplate, filledIn, templateChoices } from '../templates/choices.ts';
import type { ConsultationVisit } from '../visit.ts';
import { typedBulk } from './bulk-form.ts';
import { type Choosing, choiceMeant, choosingQuery, readChoosing, setMeant } from './chosen.ts';
import { listQuery, readList } from './filter.ts';
import { deedOfFirst, formSent } from './sent-twice.ts';

export interface TogetherPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** Says again which comments are meant. */
  readonly choosing: string;
  readonly count: number;
  /** About how long that takes, in words; empty where nobody would wonder. */
  readonly takes: string;
  /** How many have a disposition, and which. */
  readonly disposed: number;
  readonly byOutcome: readonly { readonly label: string; readonly comments: number }[];
  readonly existing: readonly Choice[];
  readonly outcomes: readonly Choice[];
  /** Reply templates to put into the reason. */
  readonly templates: readonly Choice[];
  /** What the page was made for: the set as it stood, and the latest disposition then. */
  readonly mark: string;
  readonly upTo: number;
  readonly stale: boolean;
  /** Comments that somebody decided on meanwhile, some of them where they are many. */
  readonly changed: readonly { readonly id: number; readonly receiptNumber: string }[];
  readonly back: string;
}

interface TogetherState {
  readonly typed: Readonly<Record<'existing' | 'outcome' | 'reason', string>>;
  readonly issues?: readonly Issue[];
  readonly changed?: TogetherPage['changed'];
}

const mostNamed = 20;

/** Goes on to the page that disposes of the comments ticked in a list, or gives them to somebody. */
export async function takeChoice(
  visit: ConsultationVisit,
  page: 'together' | 'assignment',
): Promise<FastifyReply> {
  const { request, consultation, site } = visit;
  const body = (request.body ?? {}) as FormBody;
  const list = readList(new URLSearchParams(raw(body, 'list')));
  const ids = listed(body, 'comment').flatMap((id) => Number(id) || []);
  if (ids.length > 0)
    return goTo(visit, `${baseOf(consultation)}/comments/${page}?${choosingQuery({ list, ids })}`);
  const typed = {
    scope: line(body, 'scope'),
    verdict: line(body, 'verdict'),
    screeningReason: text(body, 'screeningReason'),
  };
  const form = typedBulk(typed, [{ field: 'scope', key: 'noneChosen' }], site.sentences);
  return sendComments(visit, { list, at: 0, bulk: { form, chosen: [], status: 422 } });
}

/** How many comments one disposition would touch, how many have one already, and the form that gives it. */
export async function showTogether(visit: ConsultationVisit): Promise<FastifyReply> {
  const choosing = readChoosing(new URL(visit.request.originalUrl, 'http://desk').searchParams);
  return (
    (await sendFormCounting(visit, 'together', choosing)) ??
    sendTogether(visit, choosing, { typed: { existing: '', outcome: '', reason: '' } })
  );
}

/** Gives many comments one disposition; when they are not what the page said, nothing is done and it says which. */
export async function takeTogether(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const choosing = readChoosing(new URLSearchParams(raw(body, 'choosing')));
  const typed = {
    existing: line(body, 'existing'),
    outcome: line(body, 'outcome'),
    reason: text(body, 'reason'),
  };
  const { comments: meant, mark } = await chosenComments(site.db, await choiceMeant(visit, choosing));
  if (mark !== raw(body, 'mark')) return sendStale(visit, choosing, typed);
  if (asksForTemplate(body))
    return sendTogether(visit, choosing, { typed: await filledIn(visit, body, typed) });
  const comments = typed.existing === 'keep' ? meant.filter(({ outcome }) => outcome === null) : meant;
  const disposition = judgeDisposition(typed);
  const issues = issuesOf(meant, comments, typed.existing);
  if ('issues' in disposition || issues.length > 0)
    return sendTogether(visit, choosing, {
      typed,
      issues: [...issues, ...('issues' in disposition ? disposition.issues : [])],
    });
  const form = formSent(visit);
  const input = { officer, consultationId: consultation.id, comments, disposition, form };
  const result = await disposeOfComments(site.db, input, now);
  if ('changed' in result) return sendStale(visit, choosing, typed);
  return goTo(visit, doneAt(visit, choosing, result.disposed));
}

function doneAt({ consultation }: ConsultationVisit, { list }: Choosing, disposed: unknown): string {
  const query = new URLSearchParams(listQuery(list));
  query.set('together', String(disposed));
  return `${baseOf(consultation)}/comments?${query}`;
}

function issuesOf(
  meant: readonly ChosenComment[],
  comments: readonly ChosenComment[],
  existing: string,
): Issue[] {
  const disposed = meant.some(({ outcome }) => outcome !== null);
  if (disposed && !['keep', 'replace'].includes(existing)) return [{ field: 'existing', key: 'choose' }];
  return comments.length === 0 ? [{ field: 'existing', key: 'noneLeft' }] : [];
}

async function sendStale(
  visit: ConsultationVisit,
  choosing: Choosing,
  typed: TogetherState['typed'],
): Promise<FastifyReply> {
  const { site, request, consultation } = visit;
  const first = await deedOfFirst(visit);
  if (first) return goTo(visit, doneAt(visit, choosing, first.detail['count']));
  const after = Number(raw((request.body ?? {}) as FormBody, 'upTo')) || 0;
  const which = { after, ids: choosing.ids, limit: mostNamed };
  const changed = await decidedSince(site.db, consultation.id, which);
  return sendTogether(visit, choosing, { typed, changed });
}

async function sendTogether(
  visit: ConsultationVisit,
  choosing: Choosing,
  { typed, issues = [], changed }: TogetherState,
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const back = `${baseOf(consultation)}/comments?${listQuery(choosing.list)}`;
  const { comments, byState, mark } = await setMeant(visit, choosing, 'disposition');
  const disposed = comments - (byState.get('undisposed') ?? 0);
  const existing = (['keep', 'replace'] as const).map((value) => ({
    value,
    label: fill(sentences.desk.existing[value], { rest: comments - disposed, count: comments }),
  }));
  const page = {
    title: sentences.desk.together,
    crumbs: [...crumbsOf(visit), { to: back, text: sentences.desk.pages.comments }],
    matter: matterOf(visit, 'comments'),
    form: formState({ ...typed }, issues, sentences),
    choosing: choosingQuery(choosing),
    count: comments,
    takes: deedTakes(comments, sentences),
    disposed,
    byOutcome: outcomes.flatMap((outcome) => {
      const count = byState.get(outcome) ?? 0;
      return count > 0 ? [{ label: sentences.outcomes[outcome], comments: count }] : [];
    }),
    existing,
    outcomes: outcomes.map((value) => ({ value, label: sentences.outcomes[value] })),
    templates: await templateChoices(visit),
    mark,
    upTo: await latestDisposition(site.db),
    stale: changed !== undefined,
    changed: changed ?? [],
    back,
  };
  return sendDesk(visit, 'desk/together', page, changed ? 409 : issues.length > 0 ? 422 : 200);
}
