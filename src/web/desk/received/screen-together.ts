import type { FastifyReply } from 'fastify';
import { screenComments } from '../../../actions/screen-comments.ts';
import { chosenScreenings } from '../../../db/chosen-screenings.ts';
import type { Issue } from '../../../domain/issue.ts';
import { judgeScreening, screeningStates } from '../../../domain/screening.ts';
import { type FormBody, type FormState, formState, line, raw, text } from '../../forms.ts';
import type { HintedChoice, Matter } from '../contexts.ts';
import { deedTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { sendFormCounting } from '../notice-counting.ts';
import { goTo, sendDesk } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { verdictChoices } from './bulk-form.ts';
import { choiceMeant, setMeant } from './chosen.ts';
import { type ListState, listQuery, readList } from './filter.ts';
import { deedOfFirst, formSent } from './sent-twice.ts';

export interface ScreenTogetherPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** Says again which comments are meant. */
  readonly list: string;
  readonly count: number;
  /** About how long that takes, in words; empty where nobody would wonder. */
  readonly takes: string;
  readonly byState: readonly { readonly label: string; readonly comments: number }[];
  readonly verdicts: readonly HintedChoice[];
  /** What the page was made for: the set as it stood. */
  readonly mark: string;
  readonly stale: boolean;
  readonly back: string;
}

type Typed = Readonly<Record<'verdict' | 'screeningReason', string>>;

/** How many comments of a list one screening would touch, how they are screened, and the form. */
export async function showScreenTogether(visit: ConsultationVisit): Promise<FastifyReply> {
  const list = readList(new URL(visit.request.originalUrl, 'http://desk').searchParams);
  return (
    (await sendFormCounting(visit, 'screen-together', { list, ids: null })) ??
    sendTogether(visit, list, { typed: { verdict: '', screeningReason: '' } })
  );
}

/** Screens all that the list finds; when they are not what the page said, nothing is done and it says what they are. */
export async function takeScreenTogether(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const list = readList(new URLSearchParams(raw(body, 'list')));
  const typed = { verdict: line(body, 'verdict'), screeningReason: text(body, 'screeningReason') };
  const { comments, mark } = await chosenScreenings(site.db, await choiceMeant(visit, { list, ids: null }));
  if (mark !== raw(body, 'mark')) return sendStale(visit, list, typed);
  const screening = judgeScreening({ verdict: typed.verdict, reason: typed.screeningReason });
  if ('issues' in screening) return sendTogether(visit, list, { typed, issues: screening.issues });
  const form = formSent(visit);
  const input = { officer, consultationId: consultation.id, comments, screening, looked: false, form };
  const deed = screenComments(site.db, input, now);
  if (await wentStale(deed)) return sendStale(visit, list, typed);
  const { screened, passedOver } = await deed;
  return goTo(visit, doneAt(visit, list, screened, passedOver));
}

function doneAt(
  { consultation }: ConsultationVisit,
  list: ListState,
  screened: unknown,
  passed: unknown,
): string {
  const query = new URLSearchParams(listQuery(list));
  query.set('screened', String(screened));
  query.set('passed', String(passed));
  return `${baseOf(consultation)}/comments?${query}#list`;
}

async function sendStale(visit: ConsultationVisit, list: ListState, typed: Typed): Promise<FastifyReply> {
  const first = await deedOfFirst(visit);
  const { count, passedOver = 0 } = first?.detail ?? {};
  return first
    ? goTo(visit, doneAt(visit, list, count, passedOver))
    : sendTogether(visit, list, { typed, stale: true });
}

async function sendTogether(
  visit: ConsultationVisit,
  list: ListState,
  {
    typed,
    issues = [],
    stale = false,
  }: { readonly typed: Typed; readonly issues?: readonly Issue[]; readonly stale?: boolean },
): Promise<FastifyReply> {
  const { consultation, site } = visit;
  const { sentences } = site;
  const { comments, byState, mark } = await setMeant(visit, { list, ids: null }, 'screening');
  const back = `${baseOf(consultation)}/comments?${listQuery(list)}`;
  const page = {
    title: sentences.desk.screenTogether,
    crumbs: [...crumbsOf(visit), { to: back, text: sentences.desk.pages.comments }],
    matter: matterOf(visit, 'comments'),
    form: formState({ ...typed }, issues, sentences),
    list: listQuery(list),
    count: comments,
    takes: deedTakes(comments, sentences),
    byState: screeningStates.flatMap((state) => {
      const count = byState.get(state) ?? 0;
      return count > 0 ? [{ label: sentences.screenings[state], comments: count }] : [];
    }),
    verdicts: verdictChoices(sentences),
    ...{ mark, stale, back },
  };
  return sendDesk(visit, 'desk/screen-together', page, stale ? 409 : issues.length > 0 ? 422 : 200);
}
