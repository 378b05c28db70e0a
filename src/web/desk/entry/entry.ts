import type { FastifyReply } from 'fastify';
import { clauseSearch } from '../../../actions/clause-search.ts';
import { type Entry, enterSubmission } from '../../../actions/enter-submission.ts';
import { saltBytes } from '../../../actions/seal.ts';
import { phaseNow } from '../../../db/consultations.ts';
import type { Draft } from '../../../db/drafts.ts';
import { noticeState } from '../../../db/notices.ts';
import { judgeSubmission } from '../../../domain/comment.ts';
import { entryRefusal, judgeArrival } from '../../../domain/entry.ts';
import type { Issue } from '../../../domain/issue.ts';
import { dayOf } from '../../../domain/shanghai.ts';
import { type FormBody, raw } from '../../forms.ts';
import type { HintedChoice } from '../contexts.ts';
import { baseOf } from '../matter.ts';
import { goTo, queryOf, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { resolve } from './clauses.ts';
import { blankComment, blankEntry, submissionInput, type TypedEntry, typedEntry } from './form.ts';
import { draftFor, sendEntry } from './page.ts';
import { keepScan } from './scan.ts';

type Handler = (visit: ConsultationVisit) => Promise<FastifyReply>;

/** A handler for visits while something can be entered; otherwise a page says why not. */
export function whileEntering(handle: Handler): Handler {
  return async (visit) => {
    const { site, consultation, now } = visit;
    const notice = await noticeState(site.db, consultation.id);
    const isSigned = notice?.signing?.verdict === 'signed';
    const refusal = entryRefusal({ phase: phaseNow(consultation, now), isSigned });
    if (!refusal) return handle(visit);
    const { rules, desk } = site.sentences;
    const back = { to: baseOf(consultation), text: desk.backToConsultation };
    return sendDesk(visit, 'desk/message', { title: desk.pages.entry, text: rules[refusal], back }, 409);
  };
}

/** The form for what came by other ways than this site; channel and day of the one before are kept. */
export const showEntry = whileEntering(async (visit) => {
  const { request, now } = visit;
  const channel = queryOf(request, 'channel');
  const kept = { channel, receivedOn: queryOf(request, 'receivedOn') || dayOf(now) };
  const focus = channel === '' ? 'channel' : channel === 'letter' ? 'postmarkedOn' : 'name';
  return sendEntry(visit, await draftFor(visit, ''), { typed: blankEntry(kept, newToken(visit)), focus });
});

/** Enters what was typed and gives the next empty form; or one more comment of the same letter. */
export async function takeEntry(visit: ConsultationVisit): Promise<FastifyReply> {
  const body = (visit.request.body ?? {}) as FormBody;
  const typed = typedEntry(body);
  const draft = await draftFor(visit, typed.draftVersion);
  const wrongScan = isOurs(visit, typed) ? await keepScan(visit, typed.formToken) : [];
  if (raw(body, 'do') === 'add' && wrongScan.length === 0) return sendOneMore(visit, draft, typed);
  const judged = await judge(visit, draft, typed);
  if ('issues' in judged || wrongScan.length > 0) {
    const { issues = [], candidates = [] } = 'issues' in judged ? judged : {};
    return sendEntry(visit, draft, { typed, issues: [...wrongScan, ...issues], candidates, status: 422 });
  }
  const { site, officer, consultation, now } = visit;
  const input = { officer, consultationId: consultation.id, draftVersion: draft.version, entry: judged };
  const { id } = await enterSubmission(site.db, input, now);
  const { channel, receivedOn } = judged.arrival;
  const kept = new URLSearchParams({ channel, receivedOn, last: String(id) });
  return goTo(visit, `${baseOf(consultation)}/entry?${kept}`);
}

function sendOneMore(visit: ConsultationVisit, draft: Draft, typed: TypedEntry): Promise<FastifyReply> {
  const comments = [...typed.comments, blankComment];
  return sendEntry(visit, draft, { typed: { ...typed, comments }, focus: `clause-${comments.length - 1}` });
}

const nothingRequired = { name: 'optional', phone: 'optional', email: 'optional' } as const;

async function judge(
  visit: ConsultationVisit,
  draft: Draft,
  typed: TypedEntry,
): Promise<Entry | { readonly issues: Issue[]; readonly candidates: readonly (readonly HintedChoice[])[] }> {
  const { site, now } = visit;
  const arrival = judgeArrival(typed, dayOf(now));
  const search = await clauseSearch(draft.clauses);
  const resolved = typed.comments.map((comment, index) => resolve(comment, index, search));
  const addresses = resolved.map((each) => ('address' in each ? each.address : ''));
  const submission = judgeSubmission(submissionInput(typed, addresses), nothingRequired);
  const unresolved = resolved.flatMap((each) => ('issue' in each ? [each.issue] : []));
  const isSentByUs = isOurs(visit, typed);
  if (!('issues' in arrival) && !('issues' in submission) && unresolved.length === 0 && isSentByUs)
    return {
      ...{ arrival, submission, formToken: typed.formToken },
      receiptToken: site.random(18).toString('base64url'),
      salt: site.random(saltBytes),
    };
  return {
    issues: [
      ...('issues' in arrival ? arrival.issues : []),
      ...unresolved,
      ...('issues' in submission ? submission.issues : []),
      ...(isSentByUs ? [] : [{ field: 'channel', key: 'expiredForm' }]),
    ],
    candidates: resolved.map((each) => ('candidates' in each ? each.candidates : [])),
  };
}

function isOurs({ site, consultation }: ConsultationVisit, { formToken }: TypedEntry): boolean {
  return site.formTokens.judge(subject(consultation), formToken) !== 'forged';
}

function newToken({ site, consultation }: ConsultationVisit): string {
  return site.formTokens.make(subject(consultation));
}

function subject({ number }: ConsultationVisit['consultation']): string {
  return `entry ${number}`;
}
