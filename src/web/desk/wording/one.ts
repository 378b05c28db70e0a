import type { FastifyReply } from 'fastify';
import { wordNotice } from '../../../actions/word-notice.ts';
import { isPublished, type PublishedConsultation } from '../../../db/consultations.ts';
import { wordingChanges } from '../../../db/notice-wordings.ts';
import { type Issue, RuleBroken } from '../../../domain/issue.ts';
import type { NoticePart } from '../../../domain/notice-parts.ts';
import { cleanLine } from '../../../domain/text.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { changesShown, type WordingsPage } from './list.ts';
import { partName, partsOfNotice } from './parts.ts';

export interface WordingPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly name: string;
  readonly to: string;
  readonly backTo: string;
  /** Empty for a paragraph of the officer's own. */
  readonly standard: string;
  /** The words that count now, and what they say with the facts. */
  readonly current: string;
  readonly text: string;
  readonly state: NoticePart['state'];
  /** Words that were written for another case. */
  readonly outdated: string;
  readonly seen: number;
  /** True when somebody else worded it, or its case changed, since the page was opened. */
  readonly stale: boolean;
  readonly changes: WordingsPage['changes'];
}

/** The form for the words of one part of the notice, where each fact stands as a token. */
export async function showWording(visit: ConsultationVisit): Promise<FastifyReply> {
  const found = await partAt(visit);
  if (!found) return sendNotFound(visit);
  const { part } = found;
  const wording = part.state === 'outdated' ? part.written : part.words;
  return sendWording(visit, found, wording, { status: 200, issues: [] });
}

/** Saves the words of a part, goes back to the standard words, or takes an own paragraph away. */
export async function takeWording(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = line(body, 'wording');
  const input = {
    ...{ officer, consultationId: consultation.id, part: nameIn(visit) },
    seen: Number(raw(body, 'seen')) || 0,
    standard: cleanLine(raw(body, 'was')),
    wording: raw(body, 'do') === 'standard' ? null : typed,
  };
  let issues: readonly Issue[] = [];
  const stale = await wentStale(
    wordNotice(site.db, input, site.sentences.notice, now).then((refused) => {
      issues = refused?.issues ?? [];
    }),
  );
  if (!stale && issues.length === 0)
    return goTo(visit, `${baseOf(consultation)}/notice/words?done=noticeWorded`);
  const found = await partAt(visit);
  // There is no such part any more: the page with the words that were typed says so.
  if (!found) throw new RuleBroken('stale');
  return sendWording(visit, found, typed, { status: stale ? 409 : 422, issues });
}

interface Found {
  readonly consultation: PublishedConsultation;
  readonly part: NoticePart;
}

async function partAt(visit: ConsultationVisit): Promise<Found | undefined> {
  const { consultation } = visit;
  if (!isPublished(consultation)) return undefined;
  const { parts } = await partsOfNotice(visit, consultation);
  const part = parts.find((each) => each.part === nameIn(visit));
  return part && { consultation, part };
}

function nameIn({ request }: ConsultationVisit): string {
  return (request.params as Readonly<Record<string, string>>)['part'] ?? '';
}

async function sendWording(
  visit: ConsultationVisit,
  { consultation, part }: Found,
  wording: string,
  again: { readonly status: 200 | 409 | 422; readonly issues: readonly Issue[] },
): Promise<FastifyReply> {
  const { sentences, db } = visit.site;
  const backTo = `${baseOf(consultation)}/notice/words`;
  const name = partName(part.part, sentences);
  const changes = await wordingChanges(db, consultation.id);
  const page = {
    title: `${sentences.desk.wordings}：${name}`,
    crumbs: [...crumbsOf(visit), { to: backTo, text: sentences.desk.wordings }],
    matter: matterOf(visit, 'notice'),
    form: formState({ wording }, again.issues, sentences),
    name,
    to: `${backTo}/${part.part}`,
    backTo,
    ...{ standard: part.standard, current: part.words, text: part.text, state: part.state },
    outdated: part.state === 'outdated' ? part.written : '',
    seen: part.latest,
    stale: again.status === 409,
    changes: changesShown(
      changes.filter((change) => change.part === part.part),
      sentences,
    ),
  };
  return sendDesk(visit, 'desk/wording', page, again.status);
}
