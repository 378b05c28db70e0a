import type { Issue } from './issue.ts';
import { type Block, type BlockKind, blockKinds, type Level, levels } from './outline.ts';
import { cellsIn, textOfCells } from './outline-edit-cells.ts';
import { joined, labelled, splitBlock } from './outline-edit-text.ts';
import { nest } from './parse/nest.ts';

/** A block of a working draft, with the import its words came from. */
export interface WorkBlock extends Block {
  readonly importId: number;
  /** What a block was before an officer dropped it; only on furniture. */
  readonly was?: { readonly kind: BlockKind; readonly level: Level | null };
}

/** One change of a working draft by an officer. `at` and `to` count blocks from 0; `to` may be the end. */
export type OutlineEdit =
  | {
      readonly kind: 'set';
      readonly at: number;
      readonly level?: Level | null;
      readonly blockKind?: BlockKind;
      readonly label?: string;
      readonly heading?: string;
      readonly text?: string;
    }
  /** In a text, `offset` counts UTF-16 units; in a table, the rows that stay. */
  | { readonly kind: 'split'; readonly at: number; readonly offset: number }
  /** With the next block. */
  | { readonly kind: 'join'; readonly at: number }
  /** With its descendants, in front of the block that stands at `to`. */
  | { readonly kind: 'move'; readonly at: number; readonly to: number }
  | { readonly kind: 'indent' | 'outdent' | 'drop' | 'restore'; readonly at: number };

/** What a kept edit of a working draft did; `saved` is from a time when single edits were not kept. */
export type EditName =
  | OutlineEdit['kind']
  | 'begun'
  | 'imported'
  | 'discarded'
  | 'parsedAgain'
  | 'table'
  | 'saved';

type Loose = Omit<WorkBlock, 'parent'>;

/**
 * The blocks after an edit, each with its parent anew, or what is wrong with the edit. No visible character is lost
 * or doubled, but by `set` with other words.
 */
export function applyEdit(blocks: readonly WorkBlock[], edit: OutlineEdit): WorkBlock[] | Issue {
  const block = blocks[edit.at];
  if (!block) return issue('noSuchRow');
  const changed = change(blocks, block, edit);
  return Array.isArray(changed) ? nested(changed) : changed;
}

/** Where the block that was edited stands afterwards. */
export function placeAfter(blocks: readonly WorkBlock[], edit: OutlineEdit): number {
  if (edit.kind !== 'move' || edit.to <= edit.at) return edit.kind === 'move' ? edit.to : edit.at;
  return edit.to - (endOf(blocks, edit.at) - edit.at);
}

/** Blocks of several imports in one list, each with its parent by kind and level alone. */
export function nested(blocks: readonly Loose[]): WorkBlock[] {
  return nest(blocks) as WorkBlock[];
}

function change(blocks: readonly WorkBlock[], block: WorkBlock, edit: OutlineEdit): Loose[] | Issue {
  if (edit.kind === 'move') return moved(blocks, edit.at, edit.to);
  if (edit.kind === 'join') return join(blocks, block, edit.at);
  const after = changeOne(block, edit);
  return Array.isArray(after) ? replaced(blocks, edit.at, 1, after) : after;
}

type EditOfOne = Exclude<OutlineEdit, { kind: 'move' | 'join' }>;

function changeOne(block: WorkBlock, edit: EditOfOne): Loose[] | Issue {
  if (edit.kind === 'set') return set(block, edit);
  if (edit.kind === 'split') return splitBlock(block, edit.offset) ?? issue('nothingToSplit');
  if (edit.kind === 'drop') return [dropped(block)];
  if (edit.kind === 'restore') return [restored(block)];
  const level = block.level && neighbour(block.level, edit.kind === 'indent' ? 1 : -1);
  if (block.level === null) return issue('notAClause');
  return level ? [{ ...block, level }] : issue('noFurtherLevel');
}

function set(block: WorkBlock, edit: OutlineEdit & { kind: 'set' }): Loose[] | Issue {
  const kind = blockKinds.find((each) => each === edit.blockKind) ?? block.kind;
  const level = kind === 'clause' ? (edit.level ?? block.level) : null;
  if (kind === 'clause' && level === null) return issue('clauseNeedsLevel', { row: edit.at + 1 });
  const { label = block.label, heading = block.heading } = edit;
  const wording = wordingIn(block, kind, edit.text === block.text ? undefined : edit.text);
  if (!wording) return issue('tableNeedsRows', { row: edit.at + 1 });
  const after = withoutPast({ ...block, kind, level, label, heading, ...wording });
  if (kind === 'furniture' && block.kind !== 'furniture') return [{ ...after, was: pastOf(block) }];
  const isNewClause = kind === 'clause' && block.kind !== 'clause' && label + heading === '';
  return [(isNewClause && labelled(after, '')) || after];
}

/**
 * Text and cells: a table may be typed as rows, null when a table with cells is typed otherwise; a table that becomes
 * something else keeps its words.
 */
function wordingIn(
  block: WorkBlock,
  kind: BlockKind,
  typed: string | undefined,
): Pick<WorkBlock, 'text' | 'rows'> | null {
  const { text: old, rows: cells } = block;
  const keepsCells = cells && (kind === 'table' || kind === 'furniture');
  if (keepsCells && typed === undefined) return { text: old, rows: cells };
  if (keepsCells && !cellsIn(typed ?? '')) return null;
  const text = typed ?? (cells ? textOfCells(old, cells) : old);
  const rows = kind === 'table' ? cellsIn(text) : null;
  return rows ? { text: '', rows } : { text, rows: null };
}

function dropped(block: WorkBlock): Loose {
  if (block.kind === 'furniture') return block;
  return { ...block, kind: 'furniture', level: null, was: pastOf(block) };
}

function pastOf({ kind, level }: WorkBlock): WorkBlock['was'] & object {
  return { kind, level };
}

/** Furniture that no officer made becomes a paragraph. */
function restored(block: WorkBlock): Loose {
  if (block.kind !== 'furniture') return block;
  return withoutPast({ ...block, ...(block.was ?? { kind: 'paragraph', level: null }) });
}

function withoutPast({ was, ...block }: WorkBlock): WorkBlock {
  return block.kind === 'furniture' && was ? { ...block, was } : block;
}

function join(blocks: readonly WorkBlock[], block: WorkBlock, at: number): Loose[] | Issue {
  const next = blocks[at + 1];
  if (!next) return issue('nothingToJoin');
  if (next.importId !== block.importId) return issue('joinAcrossImports');
  const one = joined(block, next);
  return one ? replaced(blocks, at, 2, [one]) : issue('joinWithTable');
}

function moved(blocks: readonly WorkBlock[], at: number, to: number): Loose[] | Issue {
  if (!Number.isInteger(to) || to < 0 || to > blocks.length) return issue('noSuchRow');
  const end = endOf(blocks, at);
  if (to > at && to < end) return issue('moveIntoItself');
  const tree = blocks.slice(at, end);
  const before = blocks.slice(0, to).filter((_, index) => index < at || index >= end);
  const behind = blocks.slice(to).filter((_, index) => index + to < at || index + to >= end);
  return [...before, ...tree, ...behind];
}

/** The index behind the last descendant of a block; furniture may stand among them. */
function endOf(blocks: readonly WorkBlock[], at: number): number {
  const inside = new Set([at]);
  let last = at;
  blocks.forEach((block, index) => {
    if (block.parent === null || !inside.has(block.parent)) return;
    inside.add(index);
    last = index;
  });
  return last + 1;
}

const firstOfDocuments = levels.indexOf('h1');

/** The next level in the same family, or undefined at its end. */
function neighbour(level: Level, step: 1 | -1): Level | undefined {
  const [from, to] = [levels.indexOf(level), levels.indexOf(level) + step];
  return from < firstOfDocuments === to < firstOfDocuments ? levels[to] : undefined;
}

function replaced(blocks: readonly Loose[], at: number, count: number, by: readonly Loose[]): Loose[] {
  return [...blocks.slice(0, at), ...by, ...blocks.slice(at + count)];
}

function issue(key: string, values?: Issue['values']): Issue {
  return values ? { field: 'outline', key, values } : { field: 'outline', key };
}
