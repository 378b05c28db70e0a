import type { FastifyReply } from 'fastify';
import { clauseSearch, type Meant } from '../../../actions/clause-search.ts';
import { type ConfirmedClause, confirmClauses } from '../../../actions/confirm-clauses.ts';
import { deskCommentsWith } from '../../../db/comments.ts';
import { type Clause, clausesOf } from '../../../db/drafts.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, line, raw } from '../../forms.ts';
import type { HintedChoice } from '../contexts.ts';
import { resolve } from '../entry/clauses.ts';
import { baseOf } from '../matter.ts';
import { goTo } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { sendConsultationMail } from './consultation-mail.ts';

/** Confirms or corrects guessed clauses: all that the page showed, or the one whose button was pressed. */
export async function takeClauses(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const { confirmed, issues, candidates } = await meantBy(visit, body, askedIn(body));
  const typed = { page: raw(body, 'page'), values: valuesIn(body), issues, candidates };
  if (issues.length > 0) return sendConsultationMail(visit, { ...typed, isStale: false });
  const deed = { officer, consultationId: consultation.id, confirmed };
  if (await wentStale(confirmClauses(site.db, deed, now)))
    return sendConsultationMail(visit, { ...typed, isStale: true });
  return goTo(visit, `${baseOf(consultation)}/mail?done=clausesConfirmed`);
}

/** Ids of the comments that are to be confirmed. */
function askedIn(body: FormBody): number[] {
  const one = Number(raw(body, 'do'));
  const all = Object.keys(body).flatMap((name) => Number(/^clause-(\d{1,15})$/.exec(name)?.[1]) || []);
  return all.filter((id) => !one || id === one);
}

function valuesIn(body: FormBody): Record<string, string> {
  const names = Object.keys(body).filter((name) => /^(?:clause|pick)-\d{1,15}$/.test(name));
  return Object.fromEntries(names.map((name) => [name, line(body, name)]));
}

/** The clauses that were meant, or what to put right. */
async function meantBy({ site, consultation }: ConsultationVisit, body: FormBody, ids: readonly number[]) {
  const comments = (await deskCommentsWith(site.db, ids)).filter(
    (comment) => comment.consultationId === consultation.id,
  );
  const searches = new Map<number, (words: string) => Meant<Clause>>();
  const confirmed: ConfirmedClause[] = [];
  const issues: Issue[] = [];
  const candidates = new Map<number, readonly HintedChoice[]>();
  for (const { id, draftId } of comments) {
    const search = searches.get(draftId) ?? (await clauseSearch(await clausesOf(site.db, draftId)));
    searches.set(draftId, search);
    const found = resolve({ clause: line(body, `clause-${id}`), pick: line(body, `pick-${id}`) }, id, search);
    if ('address' in found) confirmed.push({ commentId: id, address: found.address });
    else {
      issues.push(found.issue);
      candidates.set(id, found.candidates);
    }
  }
  return { confirmed, issues, candidates };
}
