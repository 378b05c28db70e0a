import type { FastifyReply } from 'fastify';
import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { readRow } from '../draft-form.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { nameOf, type OutlineRow, outlineRows, rowChoices } from '../outline-rows.ts';
import { idIn, sendDesk, sendNotFound } from '../page.ts';
import { rowAnchor } from './draft-notes.ts';
import type { LostRow } from './draft-page.ts';
import type { RowDeed } from './edits.ts';
import type { Origin } from './origins.ts';
import { splitPlaces } from './places.ts';
import { originsFor, rowSourceOf, type WorkVisit, withWork } from './work.ts';

export interface RowPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  readonly row: OutlineRow;
  readonly origin: Origin;
  readonly kinds: readonly Choice[];
  readonly levels: readonly Choice[];
  readonly places: readonly Choice[];
  /** The first words of the next row; empty at the end. */
  readonly next: string;
  readonly moveLabel: string;
  readonly listTo: string;
  /** True when somebody else saved meanwhile; `lost` holds what was typed where its row is no longer there. */
  readonly stale: boolean;
  readonly lost: LostRow | null;
}

/** A row as its page shows it, with what a form brought. */
export interface RowState {
  readonly at: number;
  readonly body?: FormBody;
  readonly deed?: RowDeed;
  readonly issues?: readonly Issue[];
  readonly stale?: 'found' | 'lost';
  /** Where the row stood when the form was made, if that is somewhere else. */
  readonly was?: number;
}

/** One row with everything that can be done to it. */
export const showRow = withWork((visit) => {
  const at = (idIn(visit.request, 'row') ?? 0) - 1;
  return visit.work.blocks[at] ? sendRow(visit, { at }) : sendNotFound(visit);
});

/** Sends the page of a row: 422 with issues, 409 when somebody else saved meanwhile; every word typed is on it. */
export async function sendRow(visit: WorkVisit, state: RowState): Promise<FastifyReply> {
  const { site, consultation, work } = visit;
  const { sentences } = site;
  const { at, issues = [], stale } = state;
  const block = work.blocks[at];
  if (!block) return sendNotFound(visit);
  const form = formState(typedIn(state), issues, sentences);
  const [row] = outlineRows(rowSourceOf(visit, form.errorFor), at, at + 1);
  const [origin] = await originsFor(visit, [block]);
  if (!row || !origin) return sendNotFound(visit);
  const words = wordsIn(state);
  const next = work.blocks[at + 1];
  const page = {
    title: fill(sentences.desk.rowTitle, { number: at + 1 }),
    crumbs: [...crumbsOf(visit), { to: `${baseOf(consultation)}/draft`, text: sentences.desk.pages.draft }],
    matter: matterOf(visit, 'draft'),
    ...{ form, origin, ...rowChoices(sentences) },
    revision: consultation.revision,
    row: stale === 'lost' || !words ? row : { ...row, ...words },
    places: splitPlaces(block, sentences),
    next: next ? nameOf(next) : '',
    moveLabel: fill(sentences.desk.moveBefore, { last: work.blocks.length + 1 }),
    listTo: rowAnchor(baseOf(consultation), at),
    stale: stale !== undefined,
    lost: stale === 'lost' ? words : null,
  };
  return sendDesk(visit, 'desk/import-row', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

function typedIn({ body = {} }: RowState): Record<string, string> {
  return { place: raw(body, 'place'), words: line(body, 'words'), to: line(body, 'to') };
}

function wordsIn({ at, was = at, body, deed }: RowState): LostRow | null {
  if (!body || deed !== 'set') return null;
  const { kind, level, label, heading, text } = readRow(body, was, `-${was}`);
  return { kind, level: level ?? '', label, heading, text };
}
