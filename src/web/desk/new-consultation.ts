import type { FastifyReply } from 'fastify';
import { startConsultation } from '../../actions/start-consultation.ts';
import type { Issue } from '../../domain/issue.ts';
import { characters } from '../../domain/text.ts';
import { type FormBody, type FormState, formState, line, text } from '../forms.ts';
import type { HintedChoice } from './contexts.ts';
import { baseOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { kindChoices, kindIn } from './period.ts';
import type { Visit } from './visit.ts';

export interface NewConsultationPage {
  readonly form: FormState;
  readonly kinds: readonly HintedChoice[];
}

const longestSource = 1_000_000;

/** The form that takes the pasted announcement and draft. */
export function showNewConsultation(visit: Visit): Promise<FastifyReply> {
  return sendNew(visit, { kind: '', source: '' }, []);
}

/** Reads the paste, makes a consultation of it and goes on to its announcement. */
export async function takeNewConsultation(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { kind: line(body, 'kind'), source: text(body, 'source') };
  const kind = kindIn(typed.kind);
  const issues = [...(kind ? [] : [{ field: 'kind', key: 'choose' }]), ...sourceIssues(typed.source)];
  if (!kind || issues.length > 0) return sendNew(visit, typed, issues);
  const id = await startConsultation(site.db, { officer, kind, source: typed.source }, now);
  return goTo(visit, `${baseOf({ id })}/announcement?done=sourceRead`);
}

/** What is wrong with a pasted text. */
export function sourceIssues(source: string): Issue[] {
  if (source === '') return [{ field: 'source', key: 'pasteNothing' }];
  const length = characters(source);
  return length > longestSource
    ? [{ field: 'source', key: 'tooLong', values: { limit: longestSource, length } }]
    : [];
}

function sendNew(
  visit: Visit,
  typed: { readonly kind: string; readonly source: string },
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.newConsultation,
    form: formState({ ...typed }, issues, sentences, sentences.announcementFields),
    kinds: kindChoices(sentences),
  };
  return sendDesk(visit, 'desk/new-consultation', page, issues.length > 0 ? 422 : 200);
}
