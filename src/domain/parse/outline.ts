import type { Outline, OutlineWarning } from '../outline.ts';
import { annexBlocks } from './annexblocks.ts';
import { annexListOf, annexStarts } from './annexes.ts';
import { blockOf, type Draftling, extend, finished, warningAt } from './blocks.ts';
import { contentsOf } from './contents.ts';
import { documentsOf } from './documents.ts';
import { flattenedTables } from './flattened.ts';
import { furnitureOf, isDraftDivider, isSiteLine } from './furniture.ts';
import { type Line, linesOf } from './lines.ts';
import { parentsOf } from './nest.ts';
import { paragraphsOf } from './paragraphs.ts';
import { autoSettings, type ParseSettings } from './settings.ts';
import { treeOf } from './tree.ts';
import { unitsOf } from './units.ts';

/**
 * The outline of a draft or any official document given as text. It never refuses: what it cannot place is a
 * paragraph of what is open, and a warning says so. Line numbers count from 1.
 */
export function parseOutline(text: string, settings: ParseSettings = autoSettings): Outline {
  return outlineOf(linesOf(text), settings);
}

/** The outline of some lines of a longer text; blocks and warnings keep the lines' own numbers. */
export function outlineOf(lines: readonly Line[], settings: ParseSettings): Outline {
  const starts = annexStarts(lines);
  const furniture = furnitureOfAll(lines, starts[0]?.index ?? lines.length);
  const text = without(lines.slice(0, starts[0]?.index), furniture);
  const contents = settings.family === 'none' ? new Set<Line>() : contentsOf(text);
  const withoutContents = without(text, contents);
  const list = new Set(annexListOf(withoutContents));
  const body = without(withoutContents, list);
  const units = unitsOf(paragraphsOf(body, settings.lines), settings.family);
  const trees = documentsOf(units).map((document) => treeOf(document, settings.family));
  const annexes = annexBlocks(lines, starts, furniture);
  const asides = [
    ...runsOf(lines, furniture, 'furniture'),
    ...runsOf(text, contents, 'contents'),
    ...runsOf(text, list, 'contents'),
  ];
  const asideWarnings = asides.flatMap(asideWarning);
  const blocks = inOrder([...trees.flatMap((tree) => tree.blocks), ...annexes], asides);
  const warnings = [
    ...trees.flatMap((tree) => tree.warnings),
    ...asideWarnings,
    ...flattenedTables(body, lines.slice(starts[0]?.index ?? lines.length), annexes),
  ];
  const parents = parentsOf(blocks);
  return {
    blocks: blocks.map((block, index) => finished(block, parents[index] ?? null)),
    warnings: inLineOrder([...warnings, ...noClause(blocks)]),
  };
}

function furnitureOfAll(lines: readonly Line[], annex: number): ReadonlySet<Line> {
  const inBody = furnitureOf(lines.slice(0, annex));
  return new Set([...inBody, ...lines.slice(annex).filter(isSiteLine)]);
}

function without(lines: readonly Line[], some: ReadonlySet<Line>): readonly Line[] {
  return some.size === 0 ? lines : lines.filter((line) => !some.has(line));
}

/** Neighbouring lines of a set as one block each. */
function runsOf(
  lines: readonly Line[],
  chosen: ReadonlySet<Line>,
  kind: 'furniture' | 'contents',
): Draftling[] {
  const blocks: Draftling[] = [];
  let before: Line | undefined;
  for (const line of chosen.size === 0 ? [] : lines) {
    const last = blocks.at(-1);
    if (chosen.has(line) && last && before && chosen.has(before)) {
      extend(last, line);
    } else if (chosen.has(line)) blocks.push(blockOf(kind, line));
    before = line;
  }
  return blocks;
}

/** Asides between which no other block begins are one. */
function inOrder(blocks: readonly Draftling[], asides: readonly Draftling[]): Draftling[] {
  const aside = new Set(asides);
  const joined: Draftling[] = [];
  for (const block of [...blocks, ...asides].sort((one, other) => one.first - other.first)) {
    const last = joined.at(-1);
    if (last && last.kind === block.kind && aside.has(last) && aside.has(block)) join(last, block);
    else joined.push(block);
  }
  return joined;
}

function join(block: Draftling, other: Draftling): void {
  for (const text of other.texts) block.texts.push(text);
  block.last = Math.max(block.last, other.last);
}

function inLineOrder(warnings: OutlineWarning[]): OutlineWarning[] {
  return warnings.sort((one, other) => one.line - other.line);
}

function asideWarning(block: Draftling): OutlineWarning[] {
  if (block.kind !== 'furniture' || block.texts.every(isDraftDivider)) return [];
  return [warningAt('furnitureRemoved', block.first, block.texts.join(' '))];
}

function noClause(blocks: readonly Draftling[]): OutlineWarning[] {
  const [first] = blocks;
  if (!first || blocks.some((block) => block.kind === 'clause')) return [];
  return [warningAt('noClause', first.first, first.texts[0] ?? '')];
}
