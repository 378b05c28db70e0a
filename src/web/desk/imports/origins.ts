import type { WorkBlock } from '../../../domain/outline-edit.ts';

/** A line of a source text; `id` is empty where the page has it already. */
export interface SourceLine {
  readonly number: number;
  readonly text: string;
  readonly id: string;
  /** The page that shows it among the others. */
  readonly to: string;
}

/** Where a row's words stand in the source. */
export interface Origin {
  /** The source as people know it; empty when there is only one. */
  readonly name: string;
  /** The page that shows the first of its lines among the others. */
  readonly to: string;
  readonly shown: readonly SourceLine[];
  /** True when there are more lines than those shown. */
  readonly more: boolean;
  readonly last: number;
  readonly count: number;
}

/** A source text by lines. */
export interface SourceText {
  readonly id: number;
  readonly name: string;
  readonly lines: readonly string[];
}

/** How many lines of a source text one page shows. */
export const linesPerPage = 500;
const mostShown = 40;

/** The address of the page that shows a line of an import, with its anchor. */
export function lineAddress(base: string, importId: number, line: number): string {
  return `${base}/imports/${importId}?page=${Math.ceil(line / linesPerPage)}#line-${line}`;
}

/** The origins of blocks, in their order; every line has an id the first time it comes. */
export function originsOf(
  blocks: readonly WorkBlock[],
  sources: readonly SourceText[],
  base: string,
): Origin[] {
  const seen = new Set<string>();
  return blocks.map(({ importId, lines: [first, last] }) => {
    const source = sources.find((each) => each.id === importId);
    const end = Math.min(last, first + mostShown - 1);
    const shown: SourceLine[] = [];
    for (let number = first; number <= end; number += 1) {
      const id = `line-${importId}-${number}`;
      const text = source?.lines[number - 1] ?? '';
      const to = lineAddress(base, importId, number);
      if (text.trim() !== '') shown.push({ number, text, id: seen.has(id) ? '' : id, to });
      seen.add(id);
    }
    return {
      name: sources.length > 1 ? (source?.name ?? '') : '',
      to: lineAddress(base, importId, first),
      shown,
      more: end < last,
      last,
      count: last - first + 1,
    };
  });
}
