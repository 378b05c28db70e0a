import type { FastifyReply } from 'fastify';
import { startConsultation } from '../../actions/start-consultation.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, line } from '../forms.ts';
import type { HintedChoice } from './contexts.ts';
import { broughtIn, type SourceWords, sourceWords } from './imports/source-form.ts';
import { baseOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { kindChoices, kindIn } from './period.ts';
import type { Visit } from './visit.ts';

export interface NewConsultationPage {
  readonly form: FormState;
  readonly kinds: readonly HintedChoice[];
}

/** The form that takes the announcement and draft, pasted or as a file. */
export function showNewConsultation(visit: Visit): Promise<FastifyReply> {
  return sendNew(visit, { kind: '', source: '', file: '' }, [], 200);
}

/** Makes a consultation of a text or file, and goes on to its announcement, or to where its reading can be watched. */
export async function takeNewConsultation(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const typed = { kind: line((request.body ?? {}) as FormBody, 'kind'), ...sourceWords(request) };
  const kind = kindIn(typed.kind);
  const brought = broughtIn(request);
  const isRefused = 'issues' in brought;
  const issues = [...(kind ? [] : [{ field: 'kind', key: 'choose' }]), ...(isRefused ? brought.issues : [])];
  if (!kind || isRefused) return sendNew(visit, typed, issues, isRefused ? brought.status : 422);
  const id = await startConsultation(site.db, { officer, kind, ...brought.intake }, now);
  const next = brought.isReadAtOnce ? 'announcement?done=sourceRead' : 'imports?done=importAdded';
  return goTo(visit, `${baseOf({ id })}/${next}`);
}

function sendNew(
  visit: Visit,
  typed: SourceWords & { readonly kind: string },
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.newConsultation,
    form: formState({ ...typed }, issues, sentences, sentences.announcementFields),
    kinds: kindChoices(sentences),
  };
  return sendDesk(visit, 'desk/new-consultation', page, status);
}
