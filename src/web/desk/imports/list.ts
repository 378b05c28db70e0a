import type { FastifyReply } from 'fastify';
import type { Import } from '../../../db/imports.ts';
import { fill } from '../../../domain/fill.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Link } from '../../public/shapes.ts';
import type { Matter, Tag } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import type { ToldDeed } from '../meanwhile.ts';
import { sendDesk } from '../page.ts';
import { type Progress, progressOf } from '../progress.ts';
import { nameOfImport, type WorkVisit, withWork } from './work.ts';

/** One text or file as the list tells of it. */
export interface ListedImport extends Link {
  readonly id: number;
  readonly kind: string;
  readonly tag: Tag;
  readonly at: Date;
  readonly percent: number;
  readonly isUnderWay: boolean;
  /** True when its text can be looked at. */
  readonly isRead: boolean;
  /** Why it could not be read and what to do; empty otherwise. */
  readonly refusal: string;
  readonly notes: readonly string[];
  /** Where to take it out of the draft; empty for one that is out. */
  readonly discardTo: string;
}

export interface ImportsPage {
  readonly matter: Matter;
  readonly imports: readonly ListedImport[];
  /** Null once everything is read. */
  readonly progress: Progress | null;
  readonly published: boolean;
  /** Who took out what this officer meant to take out; null otherwise. */
  readonly removed: ToldDeed | null;
}

/** The texts and files of the draft, and how far they are read. */
export const showImports = withWork((visit) => sendImports(visit, null));

/** Sends the list; `removed` says who was quicker to take a text out. */
export function sendImports(visit: WorkVisit, removed: ToldDeed | null): Promise<FastifyReply> {
  const { site, work, consultation } = visit;
  const { sentences } = site;
  const base = baseOf(consultation);
  const imports = work.imports.map((one) => listedImport(one, base, sentences));
  const underWay = imports.some(({ isUnderWay }) => isUnderWay);
  const page = {
    title: sentences.desk.sources,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'draft'),
    imports,
    progress: underWay ? progressOf(visit, `${base}/imports`, null) : null,
    published: consultation.publishedAt !== null,
    removed,
  };
  return sendDesk(visit, 'desk/imports', page, removed ? 409 : 200);
}

/** An import as the list tells of it. */
export function listedImport(one: Import, base: string, sentences: Sentences): ListedImport {
  const { desk } = sentences;
  const { id, state, percent, refusal, notes } = one;
  const to = `${base}/imports/${id}`;
  return {
    ...{ id, to, percent },
    text: nameOfImport(one, sentences),
    kind: desk.importKinds[one.kind],
    tag: { kind: tagKinds[state], text: desk.importStates[state] },
    at: one.createdAt,
    isUnderWay: state === 'waiting' || state === 'reading',
    isRead: one.readAt !== null && state !== 'failed',
    refusal: refusal ? desk.importRefusals[refusal] : '',
    notes: notes.map(({ key, count }) => fill(desk.importNotes[key], { count })),
    discardTo: state === 'discarded' ? '' : `${to}/discard`,
  };
}

const tagKinds: Readonly<Record<Import['state'], string>> = {
  waiting: 'blue',
  reading: 'blue',
  ready: 'green',
  failed: 'red',
  discarded: 'grey',
};
