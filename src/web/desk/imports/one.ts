import type { FastifyReply } from 'fastify';
import { type Import, textsOf } from '../../../db/imports.ts';
import { announcementFields } from '../../../domain/announcement.ts';
import type { ParseSettings } from '../../../domain/parse/settings.ts';
import { type FormState, formState } from '../../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { queryOf, sendDesk, sendNotFound } from '../page.ts';
import { shownInstant } from '../period.ts';
import { type LineUse, usesOf } from './line-uses.ts';
import { type ListedImport, listedImport } from './list.ts';
import { lineAddress, linesPerPage } from './origins.ts';
import { settingChoices } from './setting-choices.ts';
import { importIn, type WorkVisit, withWork } from './work.ts';

export interface ImportPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  readonly one: ListedImport;
  readonly settings: { readonly [name in keyof ParseSettings]: readonly Choice[] };
  readonly stale: boolean;
  /** Facts of an announcement, each with the line and the words it came from. */
  readonly fields: readonly {
    readonly label: string;
    readonly value: string;
    readonly words: string;
    readonly line: number;
    readonly to: string;
  }[];
  readonly sourceLines: readonly LineUse[];
  readonly count: number;
  readonly pages: readonly PageOf[];
}

/** One text by lines, each with what became of it, and how it is to be read. */
export const showImport = withWork((visit) => sendImport(visit));

/** Sends the page of an import: 409 with the settings that were chosen when somebody else saved meanwhile. */
export async function sendImport(
  visit: WorkVisit,
  chosen?: { readonly settings: ParseSettings; readonly isStale: boolean },
): Promise<FastifyReply> {
  const { site, work, consultation, request } = visit;
  const { sentences } = site;
  const one = importIn(visit);
  if (!one) return sendNotFound(visit);
  const base = baseOf(consultation);
  const lines = (await textsOf(site.db, [one.id])).join('').split('\n');
  const last = Math.max(1, Math.ceil(lines.length / linesPerPage));
  const at = pageWithin(queryOf(request, 'page'), last);
  const listed = listedImport(one, base, sentences);
  const page = {
    title: listed.text,
    crumbs: [...crumbsOf(visit), { to: `${base}/imports`, text: sentences.desk.sources }],
    matter: matterOf(visit, 'draft'),
    form: formState({ ...(chosen?.settings ?? one.settings) }, [], sentences),
    revision: consultation.revision,
    one: listed,
    settings: settingChoices(sentences),
    stale: chosen?.isStale ?? false,
    fields: fieldsIn(visit, one),
    sourceLines: usesOf({ ...work, one, lines, base, sentences }, (at - 1) * linesPerPage, at * linesPerPage),
    count: lines.length,
    pages: pagesOf(`${base}/imports/${one.id}`, at, last),
  };
  return sendDesk(visit, 'desk/import', page, chosen?.isStale ? 409 : 200);
}

function fieldsIn({ site, consultation }: WorkVisit, { id, found }: Import): ImportPage['fields'] {
  const labels = site.sentences.announcementFields;
  return announcementFields.flatMap((field) => {
    const fact = found?.announcement.fields[field];
    if (!fact) return [];
    const { words, line } = fact;
    const value = field === 'closesAt' ? shownInstant(new Date(fact.value), true) : fact.value;
    return [{ label: labels[field], value, words, line, to: lineAddress(baseOf(consultation), id, line) }];
  });
}
