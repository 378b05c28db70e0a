import type { AnnexStart } from './annexes.ts';
import { blockOf, blockOfAll, type Draftling, paragraphBlock } from './blocks.ts';
import { isTitleLine } from './front.ts';
import type { Line } from './lines.ts';
import { isTable, runsOf, tableOf } from './paragraphs.ts';

/**
 * One block for each annex: its label, the title behind it or on the next line, its text line by line up to the
 * first table; then its tables and the text behind each.
 */
export function annexBlocks(
  lines: readonly Line[],
  starts: readonly AnnexStart[],
  furniture: ReadonlySet<Line>,
): Draftling[] {
  return starts.flatMap((start, index) => {
    const own = lines.slice(start.index, starts[index + 1]?.index).filter((line) => !furniture.has(line));
    return annexAndTables(own, start.labelLength);
  });
}

function annexAndTables(lines: readonly Line[], labelLength: number): Draftling[] {
  const [first = [], ...rest] = runsOf(lines);
  return [annexBlock(first, labelLength), ...rest.flatMap(runBlock)];
}

function runBlock(lines: readonly Line[]): Draftling[] {
  return isTable(lines) ? [paragraphBlock(tableOf(lines))] : blockOfAll('paragraph', lines);
}

function annexBlock(lines: readonly Line[], labelLength: number): Draftling {
  const first = lines[0]?.text ?? '';
  const label = first.slice(0, labelLength).replace(/[\s：:]+$/, '');
  const title = first.slice(labelLength) || titleOf(lines[1]);
  const texts = lines.slice(first.length > labelLength || title === '' ? 1 : 2).map((line) => line.text);
  const [number, last] = [lines[0]?.number ?? 1, lines.at(-1)?.number ?? 1];
  return { ...blockOf('annex', { number, text: '' }), label, heading: title, texts, last };
}

function titleOf(line: Line | undefined): string {
  return line && isTitleLine(line.text) ? line.text : '';
}
