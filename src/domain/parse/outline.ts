import type { Outline, OutlineWarning } from '../outline.ts';
import { type AnnexStart, annexStarts } from './annexes.ts';
import { blockOf, type Draftling, finished, warningAt } from './blocks.ts';
import { contentsOf } from './contents.ts';
import { documentsOf } from './documents.ts';
import { furnitureOf } from './furniture.ts';
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
  const annexes = annexStarts(lines);
  const body = lines.slice(0, annexes[0]?.index);
  const asides = asidesOf(body, lines);
  const trees = documentsOf(unitsOf(paragraphsOf(body.filter((line) => !asides.lines.has(line))))).map(treeOf);
  const annexBlocks = annexes.map((start, index) => annexBlock(lines, start, annexes[index + 1]?.index));
  const blocks = [...inOrder([...trees.flatMap((tree) => tree.blocks), ...asides.blocks]), ...annexBlocks];
  const warnings = [...trees.flatMap((tree) => tree.warnings), ...asides.warnings, ...annexWarnings(annexBlocks)];
  if (lines.length > 0 && !blocks.some((block) => block.kind === 'clause')) warnings.push(noClause(lines));
  return { blocks: nest(blocks.map(finished)), warnings: warnings.sort((one, other) => one.line - other.line) };
}
