import type { OutlineWarning } from '../outline.ts';
import type { AnnexStart } from './annexes.ts';
import { type Draftling, warningAt } from './blocks.ts';
import { isTitleLine } from './front.ts';
import type { Line } from './lines.ts';

/** One block for each annex: its label, the title behind it or on the next line, its text line by line. */
export function annexBlocks(
  lines: readonly Line[],
  starts: readonly AnnexStart[],
  furniture: ReadonlySet<Line>,
): Draftling[] {
  return starts.map((start, index) => {
    const own = lines.slice(start.index, starts[index + 1]?.index).filter((line) => !furniture.has(line));
    return annexBlock(own, start.labelLength);
  });
}

/** A warning for each annex that was a table before it was pasted. */
export function annexWarnings(annexes: readonly Draftling[]): OutlineWarning[] {
  return annexes
    .filter(wasTable)
    .map((annex) => warningAt('flattenedTable', annex.lines[0]?.number ?? 1, annex.heading || annex.label));
}

function annexBlock(lines: readonly Line[], labelLength: number): Draftling {
  const first = lines[0]?.text ?? '';
  const label = first.slice(0, labelLength).replace(/[\s：:]+$/, '');
  const title = first.slice(labelLength) || titleOf(lines[1]);
  const texts = lines.slice(first.length > labelLength || title === '' ? 1 : 2).map((line) => line.text);
  return { kind: 'annex', level: null, label, heading: title, texts, lines: [...lines] };
}

function titleOf(line: Line | undefined): string {
  return line && isTitleLine(line.text) ? line.text : '';
}

/** Cells that became lines: most lines short, or numbers alone on their lines. */
function wasTable(annex: Draftling): boolean {
  const numbers = annex.texts.filter((text) => /^\d{1,4}$/.test(text)).length;
  const short = annex.texts.filter((text) => text.length <= 15).length;
  return annex.texts.length >= 4 && (numbers >= 2 || short > annex.texts.length / 2);
}
