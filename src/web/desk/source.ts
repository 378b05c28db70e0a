import type { FastifyReply } from 'fastify';
import { addImport } from '../../actions/add-import.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormState, formState } from '../forms.ts';
import type { Matter } from './contexts.ts';
import { broughtIn, type SourceWords, sourceWords } from './imports/source-form.ts';
import { type WorkVisit, withWork } from './imports/work.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';

export interface SourceFormPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** True while nothing is in the draft. */
  readonly isFirst: boolean;
  /** True for the first version: the announcement can still be filled in. */
  readonly fillsAnnouncement: boolean;
}

/** The form that adds a text or file to the draft. */
export const showSource = withWork((visit) => sendSource(visit, { source: '', file: '' }, [], 200));

/** Adds a text or file behind what is there, and goes to where its reading can be watched. */
export const takeSource = withWork(async (visit) => {
  const { site, request, officer, consultation, now } = visit;
  const brought = broughtIn(request);
  if ('issues' in brought) return sendSource(visit, sourceWords(request), brought.issues, brought.status);
  await addImport(site.db, { officer, id: consultation.id, ...brought.intake }, now);
  const done = brought.isReadAtOnce ? 'sourceRead' : 'importAdded';
  return goTo(visit, `${baseOf(consultation)}/imports?done=${done}`);
});

function sendSource(
  visit: WorkVisit,
  typed: SourceWords,
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const { site, work, consultation } = visit;
  const { sentences } = site;
  const isFirst = work.imports.length === 0;
  const page = {
    title: isFirst ? sentences.desk.firstSource : sentences.desk.addSource,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    form: formState({ ...typed }, issues, sentences, sentences.announcementFields),
    isFirst,
    fillsAnnouncement: consultation.publishedAt === null,
  };
  return sendDesk(visit, 'desk/source', page, status);
}
