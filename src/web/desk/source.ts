import type { FastifyReply } from 'fastify';
import { saveOutline } from '../../actions/save-outline.ts';
import { isPublished } from '../../db/consultations.ts';
import { draftWork } from '../../db/drafts.ts';
import type { Issue } from '../../domain/issue.ts';
import { readPaste } from '../../domain/parse/paste.ts';
import { type FormBody, type FormState, formState, text } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { sourceIssues } from './new-consultation.ts';
import { goTo, sendDesk } from './page.ts';
import { lookAgain, revisionIn, wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface SourceFormPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  /** The text as somebody else saved it in the meantime; empty unless the page went stale. */
  readonly theirs: string;
}

/** The pasted text, to paste again. */
export async function showSource(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation } = visit;
  if (isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const work = await draftWork(site.db, consultation.id);
  return sendSource(visit, { source: work?.source ?? '', revision: consultation.revision });
}

/** Reads a new paste: the clause tree is made anew, the announcement's fields stay as they are. */
export async function takeSource(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const [source, revision] = [text(body, 'source'), revisionIn(body)];
  const issues = sourceIssues(source);
  if (issues.length > 0) return sendSource(visit, { source, revision, issues });
  const { blocks } = readPaste(source).draft;
  const input = { officer, id: consultation.id, revision, source, blocks };
  if (await wentStale(saveOutline(site.db, input, now))) return sendBoth(await lookAgain(visit), source);
  return goTo(visit, `${baseOf(consultation)}/draft?done=sourceRead`);
}

async function sendBoth(visit: ConsultationVisit, source: string): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const work = await draftWork(site.db, consultation.id);
  const theirs = work?.source ?? '';
  return sendSource(visit, { source, revision: consultation.revision, theirs });
}

function sendSource(
  visit: ConsultationVisit,
  state: {
    readonly source: string;
    readonly revision: number;
    readonly issues?: readonly Issue[];
    readonly theirs?: string;
  },
): Promise<FastifyReply> {
  const { source, revision, issues = [], theirs = '' } = state;
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.pasteAgain,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    form: formState({ source }, issues, sentences, sentences.announcementFields),
    revision,
    theirs,
  };
  return sendDesk(visit, 'desk/source', page, issues.length > 0 ? 422 : theirs ? 409 : 200);
}
