import type { FastifyReply } from 'fastify';
import { saveOutline } from '../../actions/save-outline.ts';
import { isPublished } from '../../db/consultations.ts';
import { draftWork } from '../../db/drafts.ts';
import type { Issue } from '../../domain/issue.ts';
import type { Block } from '../../domain/outline.ts';
import { nest } from '../../domain/parse/nest.ts';
import { readPaste } from '../../domain/parse/paste.ts';
import { type FormBody, type FormState, formState, raw } from '../forms.ts';
import type { Choice } from '../public/shapes.ts';
import type { Matter } from './contexts.ts';
import { mostRows, readRows, tooManyRows } from './draft-form.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import {
  concerns,
  countedIn,
  type OutlineRow,
  outlineRows,
  rowChoices,
  warningText,
} from './outline-rows.ts';
import { goTo, sendDesk } from './page.ts';
import { lookAgain, revisionIn, wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface DraftFormPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  /** Empty for a draft too long for one form. */
  readonly rows: readonly OutlineRow[];
  readonly count: number;
  readonly kinds: readonly Choice[];
  readonly levels: readonly Choice[];
  /** How many clauses of each level, in words. */
  readonly counted: string;
  /** What to look at; `row` counts from 1, 0 where no row holds the line. */
  readonly warnings: readonly { readonly text: string; readonly row: number }[];
  /** The rows as somebody else saved them in the meantime; null unless the page went stale. */
  readonly theirs: readonly OutlineRow[] | null;
}

/** The clause tree, to confirm and correct. */
export async function showDraft(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation, site } = visit;
  if (isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const work = await draftWork(site.db, consultation.id);
  return sendDraft(visit, { blocks: work?.blocks ?? [], revision: consultation.revision });
}

/** Saves the corrected clause tree. */
export async function takeDraft(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const { rows, issues } = readRows(body);
  const [blocks, revision] = [nest(rows), revisionIn(body)];
  if (issues.length > 0) return sendDraft(visit, { blocks, revision, issues });
  const { source = '' } = (await draftWork(site.db, consultation.id)) ?? {};
  const input = { officer, id: consultation.id, revision, source, blocks };
  if (await wentStale(saveOutline(site.db, input, now))) return sendBoth(await lookAgain(visit), blocks);
  const next = raw(body, 'next') === 'preview' ? 'preview' : 'draft';
  return goTo(visit, `${baseOf(consultation)}/${next}?done=outlineSaved`);
}

async function sendBoth(visit: ConsultationVisit, blocks: readonly Block[]): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const saved = await draftWork(site.db, consultation.id);
  const theirs = outlineRows(saved?.blocks ?? [], [], {}, site.sentences);
  return sendDraft(visit, { blocks, revision: consultation.revision, theirs });
}

async function sendDraft(
  visit: ConsultationVisit,
  state: {
    readonly blocks: readonly Block[];
    readonly revision: number;
    readonly issues?: readonly Issue[];
    readonly theirs?: readonly OutlineRow[];
  },
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const { blocks, revision, theirs = null } = state;
  const isTooLong = blocks.length > mostRows;
  const issues = [...(state.issues ?? []), ...(isTooLong ? [tooManyRows(blocks.length)] : [])];
  const work = await draftWork(site.db, consultation.id);
  const { warnings } = readPaste(work?.source ?? '').draft;
  const form = formState({}, issues, sentences);
  const page = {
    title: sentences.desk.pages.draft,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    form,
    revision,
    rows: isTooLong ? [] : outlineRows(blocks, warnings, form.errorFor, sentences),
    ...rowChoices(sentences),
    count: blocks.length,
    counted: countedIn(blocks, sentences),
    warnings: warnings.map((warning) => ({
      text: warningText(warning, sentences),
      row: blocks.findIndex((block) => concerns(warning, block)) + 1,
    })),
    theirs,
  };
  return sendDesk(visit, 'desk/draft', page, state.issues?.length ? 422 : theirs ? 409 : 200);
}
