import type { OutlineWarning } from '../outline.ts';
import { type Draftling, warningAt } from './blocks.ts';
import { readLabel } from './labels.ts';
import type { Line } from './lines.ts';
import { isText } from './paragraphs.ts';

/**
 * A warning for text that was a table before it was pasted and is none now: neighbouring lines with tabs between
 * words, and annexes whose cells became lines.
 */
export function flattenedTables(
  body: readonly Line[],
  annexLines: readonly Line[],
  annexes: readonly Draftling[],
): OutlineWarning[] {
  const cells = annexes.filter(wasTable);
  const others = annexLines.filter(
    ({ number }) => !cells.some(({ first, last }) => number >= first && number <= last),
  );
  return [
    ...[body, others].flatMap(tabbed),
    ...cells.map(({ first, heading, label, texts }) =>
      warningAt('flattenedTable', first, heading || label || texts[0] || ''),
    ),
  ];
}

function tabbed(lines: readonly Line[]): OutlineWarning[] {
  const warnings: OutlineWarning[] = [];
  for (let index = 0; index < lines.length; index += 1) {
    const start = index;
    while (hasTab(lines[index])) index += 1;
    const line = lines[start];
    if (line && index - start >= 2) warnings.push(warningAt('flattenedTable', line.number, line.text));
  }
  return warnings;
}

/** A tab behind a label is a stop of numbered text, not of a table. */
function hasTab(line: Line | undefined): boolean {
  if (!line?.text.includes('\t')) return false;
  return isText(line) && (readLabel(line.text)?.rest ?? line.text).includes('\t');
}

/** Cells that became lines: most lines short, or numbers alone on their lines. */
function wasTable({ texts, rows }: Draftling): boolean {
  if (rows) return false;
  const numbers = texts.filter((text) => /^\d{1,4}$/.test(text)).length;
  const short = texts.filter((text) => text.length <= 15).length;
  return texts.length >= 4 && (numbers >= 2 || short > texts.length / 2);
}
