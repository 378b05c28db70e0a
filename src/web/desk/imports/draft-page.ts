import type { FastifyReply } from 'fastify';
import { isPublished } from '../../../db/consultations.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormState, formState } from '../../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { rowsPerPage, type TypedRow } from '../draft-form.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { countedIn, type OutlineRow, outlineRows, rowChoices } from '../outline-rows.ts';
import { sendDesk } from '../page.ts';
import { apartIn, statesOf, warningsIn } from './draft-notes.ts';
import type { Origin } from './origins.ts';
import type { SortedStale } from './stale-rows.ts';
import { originsFor, rowSourceOf, type WorkVisit } from './work.ts';

export interface DraftFormPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  /** Those of one page, each beside its source lines; `said` is what was just done to it. */
  readonly rows: readonly (OutlineRow & { readonly origin: Origin; readonly said: string })[];
  readonly from: number;
  readonly page: number;
  readonly pages: readonly PageOf[];
  readonly nextPage: boolean;
  /** True while a new version of a published draft is prepared. */
  readonly published: boolean;
  readonly count: number;
  readonly kinds: readonly Choice[];
  readonly levels: readonly Choice[];
  readonly deeds: readonly Choice[];
  /** How many clauses of each level, in words. */
  readonly counted: string;
  /** What to look at, the first hundred; `row` counts from 1, 0 where no row holds the line. */
  readonly warnings: readonly { readonly text: string; readonly row: number; readonly to: string }[];
  readonly warned: number;
  /** What was taken for something else than the draft. */
  readonly apart: readonly { readonly taken: string; readonly text: string; readonly to: string }[];
  /** Imports still to be read, and those that could not be. */
  readonly states: readonly { readonly text: string; readonly to: string }[];
  readonly imports: number;
  /** What would be undone and done again; empty when there is nothing. */
  readonly undo: string;
  readonly redo: string;
  /** Typed rows found again, and lost, after somebody else saved; null unless the page went stale. */
  readonly theirs: { readonly found: number; readonly lost: readonly LostRow[] } | null;
}

/** Words typed into a row that is no longer there, with its kind and level as people call them. */
export type LostRow = Pick<OutlineRow, 'kind' | 'level' | 'label' | 'heading' | 'text'>;

/** What one showing of the draft is about, beside the work itself. */
export interface DraftState {
  /** The page asked for. */
  readonly page: string;
  readonly typed?: readonly TypedRow[];
  readonly issues?: readonly Issue[];
  readonly said?: { readonly at: number; readonly edited: string };
  readonly stale?: SortedStale;
}

/** Sends one page of the clause tree beside its source: 422 with issues, 409 when somebody else saved meanwhile. */
export async function sendDraft(visit: WorkVisit, state: DraftState): Promise<FastifyReply> {
  const { site, consultation, work } = visit;
  const { sentences } = site;
  const { issues = [], stale } = state;
  const form = formState({}, issues, sentences);
  const last = Math.max(1, Math.ceil(work.blocks.length / rowsPerPage));
  const first = stale?.found[0] ?? (state.said && state.said.at >= 0 ? { index: state.said.at } : undefined);
  const asked = first ? Math.floor(first.index / rowsPerPage) + 1 : state.page;
  const page = pageWithin(String(asked), last);
  const { rows, lost } = await rowsOn(visit, page, state, form);
  const shown = {
    title: sentences.desk.pages.draft,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    ...{ form, rows, page },
    revision: consultation.revision,
    from: (page - 1) * rowsPerPage,
    pages: pagesOf(`${baseOf(consultation)}/draft`, page, last),
    nextPage: page < last,
    published: isPublished(consultation),
    count: work.blocks.length,
    ...rowChoices(sentences),
    deeds: Object.entries(sentences.desk.rowDeeds).map(([value, label]) => ({ value, label })),
    counted: countedIn(work.blocks, sentences),
    ...warningsIn(visit),
    apart: apartIn(visit),
    states: statesOf(visit),
    imports: work.imports.length,
    undo: work.undo ? sentences.desk.editNames[work.undo.what] : '',
    redo: work.redo ? sentences.desk.editNames[work.redo.what] : '',
    theirs: stale ? { found: stale.found.length - (lost.length - stale.lost.length), lost } : null,
  };
  return sendDesk(visit, 'desk/draft', shown, issues.length > 0 ? 422 : stale ? 409 : 200);
}

async function rowsOn(visit: WorkVisit, page: number, state: DraftState, form: FormState) {
  const { work, site } = visit;
  const { said, stale } = state;
  const start = (page - 1) * rowsPerPage;
  const typed = new Map([...(state.typed ?? []), ...(stale?.found ?? [])].map((row) => [row.index, row]));
  const origins = await originsFor(visit, work.blocks.slice(start, start + rowsPerPage));
  const source = rowSourceOf(visit, form.errorFor);
  const rows = outlineRows(source, start, start + rowsPerPage).map((row, each) => ({
    ...typedOver(row, typed.get(row.index)),
    origin: origins[each] as Origin,
    said: said?.at === row.index ? sentenceOf(site.sentences.desk.edited, said.edited) : '',
  }));
  const elsewhere = stale?.found.filter(({ index }) => index < start || index >= start + rowsPerPage) ?? [];
  const { blockKinds, levels } = site.sentences;
  const lost = [...elsewhere, ...(stale?.lost ?? [])].map((row) => ({
    ...row,
    kind: blockKinds[row.kind],
    level: row.level ? levels[row.level] : '',
  }));
  return { rows, lost };
}

function typedOver(row: OutlineRow, typed: TypedRow | undefined): OutlineRow {
  if (!typed) return row;
  const { kind, level, label, heading, text } = typed;
  const isChanged = text !== row.text || label !== row.label || heading !== row.heading;
  return { ...row, kind, level: level ?? '', label, heading, text, open: row.open || isChanged };
}

function sentenceOf(sentences: Readonly<Record<string, string>>, key: string): string {
  return Object.hasOwn(sentences, key) ? (sentences[key] ?? '') : '';
}
