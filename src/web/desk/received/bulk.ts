import type { FastifyReply } from 'fastify';
import { type SeenComment, screenComments } from '../../../actions/screen-comments.ts';
import type { Issue } from '../../../domain/issue.ts';
import { judgeScreening } from '../../../domain/screening.ts';
import { type FormBody, line, list, raw, text } from '../../forms.ts';
import { sendComments } from '../comments.ts';
import { baseOf } from '../matter.ts';
import { goTo } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { typedBulk } from './bulk-form.ts';
import { listQuery, readList } from './filter.ts';
import { takeChoice } from './together.ts';

/** Screens the comments ticked on a page of the list, or all on it, and comes back to the same page; or goes on with those ticked. */
export async function takeScreenings(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  if (raw(body, 'do') === 'dispose') return takeChoice(visit, 'together');
  if (raw(body, 'do') === 'assign') return takeChoice(visit, 'assignment');
  const typed = {
    scope: line(body, 'scope'),
    verdict: line(body, 'verdict'),
    screeningReason: text(body, 'screeningReason'),
  };
  const state = readList(new URLSearchParams(raw(body, 'list')));
  const listed = seenIn(body);
  const chosen = list(body, 'comment').flatMap((id) => Number(id) || []);
  const comments = typed.scope === 'page' ? listed : listed.filter(({ id }) => chosen.includes(id));
  const again = (issues: readonly Issue[], status: 409 | 422) => {
    const form = typedBulk(typed, issues, site.sentences);
    return sendComments(visit, { list: state, at: 0, bulk: { form, chosen, status } });
  };
  const screening = judgeScreening({ verdict: typed.verdict, reason: typed.screeningReason });
  const none: Issue[] = comments.length === 0 ? [{ field: 'scope', key: 'noneChosen' }] : [];
  if ('issues' in screening || none.length > 0)
    return again([...none, ...('issues' in screening ? screening.issues : [])], 422);
  const input = { officer, consultationId: consultation.id, comments, screening, looked: false };
  const deed = screenComments(site.db, input, now);
  if (await wentStale(deed)) return again([], 409);
  const { screened, passedOver } = await deed;
  const query = new URLSearchParams(listQuery(state));
  query.set('screened', String(screened));
  query.set('passed', String(passedOver));
  return goTo(visit, `${baseOf(consultation)}/comments?${query}#list`);
}

// Each card says which screening it showed.
function seenIn(body: FormBody): SeenComment[] {
  return Object.keys(body).flatMap((name) => {
    const [, id] = /^seen-([1-9]\d{0,14})$/.exec(name) ?? [];
    return id ? [{ id: Number(id), seen: Number(raw(body, name)) || 0 }] : [];
  });
}
