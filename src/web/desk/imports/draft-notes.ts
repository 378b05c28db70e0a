import { fill } from '../../../domain/fill.ts';
import type { LineRange } from '../../../domain/outline.ts';
import { rowsPerPage } from '../draft-form.ts';
import { baseOf } from '../matter.ts';
import { concerns, warningText } from '../outline-rows.ts';
import type { DraftFormPage } from './draft-page.ts';
import { lineAddress } from './origins.ts';
import { nameOfImport, type WorkVisit } from './work.ts';

const mostWarnings = 100;

/** The first warnings, in the order of the imports, each with the row it leads to; and how many there are. */
export function warningsIn({
  work,
  site,
  consultation,
}: WorkVisit): Pick<DraftFormPage, 'warnings' | 'warned'> {
  const all = work.used.flatMap(({ importId, found }) =>
    (found?.warnings ?? []).map((warning) => ({ importId, warning })),
  );
  const warnings = all.slice(0, mostWarnings).map(({ importId, warning }) => {
    const index = work.blocks.findIndex((block) => block.importId === importId && concerns(warning, block));
    const to = index < 0 ? '' : rowAnchor(baseOf(consultation), index);
    return { text: warningText(warning, site.sentences), row: index + 1, to };
  });
  return { warnings, warned: all.length };
}

/** What of each import was taken for announcement and feedback notice. */
export function apartIn({ work, site, consultation }: WorkVisit): DraftFormPage['apart'] {
  const { desk } = site.sentences;
  return work.used.flatMap(({ importId, found }) => {
    const one = work.imports.find(({ id }) => id === importId);
    const name = work.used.length > 1 && one ? nameOfImport(one, site.sentences) : '';
    const part = (taken: string, lines: LineRange | null) => {
      if (!lines) return [];
      const sentence = name ? desk.linesOfSource : desk.linesOf;
      const text = fill(sentence, { name, lines: rangeOf(lines) });
      return [{ taken, text, to: lineAddress(baseOf(consultation), importId, lines[0]) }];
    };
    return [
      ...part(desk.apart.announcement, found?.announcement.lines ?? null),
      ...part(desk.apart.feedback, found?.feedback.lines ?? null),
    ];
  });
}

/** What is to be said of imports that are still being read, or could not be. */
export function statesOf({ work, site, consultation }: WorkVisit): DraftFormPage['states'] {
  const { importsUnderWay, importsFailed } = site.sentences.desk;
  const underWay = work.imports.filter(({ state }) => state === 'waiting' || state === 'reading').length;
  const failed = work.imports.filter(({ state }) => state === 'failed').length;
  const to = `${baseOf(consultation)}/imports`;
  return [
    ...(underWay > 0 ? [{ text: fill(importsUnderWay, { count: underWay }), to }] : []),
    ...(failed > 0 ? [{ text: fill(importsFailed, { count: failed }), to }] : []),
  ];
}

/** The place of a row in the draft. */
export function rowAnchor(base: string, index: number): string {
  return `${base}/draft?page=${Math.floor(index / rowsPerPage) + 1}#row-${index + 1}`;
}

/** A range of lines: `12`, or `12-14`. */
export function rangeOf([first, last]: LineRange): string {
  return first === last ? String(first) : `${first}-${last}`;
}
