import type { Outline, OutlineWarning } from '../outline.ts';
import { annexBlocks, annexWarnings } from './annexblocks.ts';
import { annexStarts } from './annexes.ts';
import { blockOf, type Draftling, finished, warningAt } from './blocks.ts';
import { contentsOf } from './contents.ts';
import { documentsOf } from './documents.ts';
import { furnitureOf, isDraftDivider, isSiteLine } from './furniture.ts';
import { type Line, linesOf } from './lines.ts';
import { nest } from './nest.ts';
import { paragraphsOf } from './paragraphs.ts';
import { treeOf } from './tree.ts';
import { unitsOf } from './units.ts';

/**
 * The outline of a draft or any official document given as text. It never refuses: what it cannot place is a
 * paragraph of what is open, and a warning says so. Line numbers count from 1.
 */
export function parseOutline(text: string): Outline {
  return outlineOf(linesOf(text));
}

/** The outline of some lines of a longer text; blocks and warnings keep the lines' own numbers. */
export function outlineOf(lines: readonly Line[]): Outline {
  const starts = annexStarts(lines);
  const furniture = furnitureOfAll(lines, starts[0]?.index ?? lines.length);
  const text = lines.slice(0, starts[0]?.index).filter((line) => !furniture.has(line));
  const contents = contentsOf(text);
  const body = text.filter((line) => !contents.has(line));
  const trees = documentsOf(unitsOf(paragraphsOf(body))).map(treeOf);
  const annexes = annexBlocks(lines, starts, furniture);
  const asides = [...runsOf(lines, furniture, 'furniture'), ...runsOf(text, contents, 'contents')];
  const blocks = inOrder([...trees.flatMap((tree) => tree.blocks), ...asides, ...annexes]);
  const warnings = [
    ...trees.flatMap((tree) => tree.warnings),
    ...asides.flatMap(asideWarning),
    ...annexWarnings(annexes),
  ];
  return { blocks: nest(blocks.map(finished)), warnings: inLineOrder([...warnings, ...noClause(blocks)]) };
}

function furnitureOfAll(lines: readonly Line[], annex: number): ReadonlySet<Line> {
  const inBody = furnitureOf(lines.slice(0, annex));
  return new Set([...inBody, ...lines.slice(annex).filter(isSiteLine)]);
}

/** Neighbouring lines of a set as one block each. */
function runsOf(
  lines: readonly Line[],
  chosen: ReadonlySet<Line>,
  kind: 'furniture' | 'contents',
): Draftling[] {
  const blocks: Draftling[] = [];
  let before: Line | undefined;
  for (const line of lines) {
    const last = blocks.at(-1);
    if (chosen.has(line) && last && before && chosen.has(before)) {
      last.lines.push(line);
      last.texts.push(line.text);
    } else if (chosen.has(line))
      blocks.push(blockOf(kind, [{ text: line.text, lines: [line], starts: [0] }]));
    before = line;
  }
  return blocks;
}

function inOrder(blocks: readonly Draftling[]): Draftling[] {
  const first = (block: Draftling) => block.lines[0]?.number ?? 0;
  return [...blocks].sort((one, other) => first(one) - first(other));
}

function inLineOrder(warnings: OutlineWarning[]): OutlineWarning[] {
  return warnings.sort((one, other) => one.line - other.line);
}

function asideWarning(block: Draftling): OutlineWarning[] {
  if (block.kind !== 'furniture' || block.lines.every(isDraftDivider)) return [];
  return [warningAt('furnitureRemoved', block.lines[0]?.number ?? 1, block.texts.join(' '))];
}

function noClause(blocks: readonly Draftling[]): OutlineWarning[] {
  const [first] = blocks;
  if (!first || blocks.some((block) => block.kind === 'clause')) return [];
  return [warningAt('noClause', first.lines[0]?.number ?? 1, first.texts[0] ?? '')];
}
