import type { FastifyReply } from 'fastify';
import { type DraftWork, draftWork } from '../../../db/draft-work.ts';
import { type Import, textsOf } from '../../../db/imports.ts';
import type { OutlineWarning } from '../../../domain/outline.ts';
import type { WorkBlock } from '../../../domain/outline-edit.ts';
import type { Sentences } from '../../../sentences.ts';
import { sendKept } from '../kept.ts';
import { baseOf } from '../matter.ts';
import { concerns, type RowSource } from '../outline-rows.ts';
import { goTo, idIn } from '../page.ts';
import { lookAgain } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type Origin, originsOf, type SourceText } from './origins.ts';

/** A visit while a draft is being prepared, its first version or the next. */
export interface WorkVisit extends ConsultationVisit {
  readonly work: DraftWork;
}

/**
 * A handler for visits while a draft is being prepared; without work under way it leads to the overview, and gives a form
 * back with every word in it.
 */
export function withWork(
  handle: (visit: WorkVisit) => Promise<FastifyReply>,
): (visit: ConsultationVisit) => Promise<FastifyReply> {
  return async (visit) => {
    const work = await draftWork(visit.site.db, visit.consultation.id);
    if (work) return handle({ ...visit, work });
    return visit.request.method === 'GET'
      ? goTo(visit, baseOf(visit.consultation))
      : sendKept(visit, 'alreadyPublished');
  };
}

/** The visit with everything as it is now. */
export async function lookAtWorkAgain(visit: WorkVisit): Promise<WorkVisit> {
  const again = await lookAgain(visit);
  const work = await draftWork(visit.site.db, visit.consultation.id);
  return { ...again, work: work ?? visit.work };
}

/** The import of an address, or undefined. */
export function importIn({ request, work }: WorkVisit): Import | undefined {
  const id = idIn(request, 'import');
  return work.imports.find((one) => one.id === id);
}

/** What an import is called. */
export function nameOfImport(one: Pick<Import, 'name'>, sentences: Sentences): string {
  return one.name || sentences.desk.pasted;
}

/** What rows of the working draft are made from. */
export function rowSourceOf(
  { work, site }: WorkVisit,
  errorFor: Readonly<Record<string, string>>,
): RowSource<WorkBlock> {
  const warnings = new Map(work.used.map(({ importId, found }) => [importId, found?.warnings ?? []]));
  const warningsFor = (block: WorkBlock): readonly OutlineWarning[] =>
    (warnings.get(block.importId) ?? []).filter((warning) => concerns(warning, block));
  return { blocks: work.blocks, warningsFor, errorFor, sentences: site.sentences };
}

/** Where the words of blocks stand in the sources; reads only the texts that they came from. */
export async function originsFor(visit: WorkVisit, blocks: readonly WorkBlock[]): Promise<Origin[]> {
  const { site, work, consultation } = visit;
  const ids = work.used.map(({ importId }) => importId);
  const needed = ids.filter((id) => blocks.some(({ importId }) => importId === id));
  const texts = await textsOf(site.db, needed);
  const sources = ids.map((id): SourceText => {
    const one = work.imports.find((each) => each.id === id);
    const text = texts[needed.indexOf(id)] ?? '';
    return { id, name: one ? nameOfImport(one, site.sentences) : '', lines: text.split('\n') };
  });
  return originsOf(blocks, sources, baseOf(consultation));
}
