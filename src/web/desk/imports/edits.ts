import type { Issue } from '../../../domain/issue.ts';
import type { Block } from '../../../domain/outline.ts';
import type { OutlineEdit, WorkBlock } from '../../../domain/outline-edit.ts';
import { type FormBody, line, raw } from '../../forms.ts';
import { markOf, numberIn, readRow, rowIssues } from '../draft-form.ts';
import { offsetsIn, offsetsOf } from './places.ts';

/** What an officer can do to one row, by the value of the button. */
export const rowDeeds = [
  'set',
  'split',
  'join',
  'up',
  'down',
  'move',
  'indent',
  'outdent',
  'drop',
  'restore',
] as const;
export type RowDeed = (typeof rowDeeds)[number];

/** The deed with this name, or undefined. */
export function deedNamed(name: string): RowDeed | undefined {
  return rowDeeds.find((deed) => deed === name);
}

/** The edit that a form asks for at a row, or what in the form is to be put right. */
export function editIn(
  body: FormBody,
  deed: RowDeed,
  at: number,
  blocks: readonly WorkBlock[],
): OutlineEdit | Issue {
  if (deed === 'set') return setIn(body, at, blocks);
  if (deed === 'split') return splitIn(body, at, blocks);
  if (deed === 'move') return moveIn(body, at, blocks);
  if (deed === 'up') return { kind: 'move', at, to: above(blocks, at) };
  if (deed === 'down') return { kind: 'move', at, to: below(blocks, at) };
  return { kind: deed, at };
}

/** Where the row stands now that a form was made for; the nearest of several alike, -1 when there is none. */
export function findAgain(blocks: readonly Block[], was: string, near: number): number {
  let found = -1;
  blocks.forEach((block, index) => {
    const isNearer = found < 0 || Math.abs(index - near) < Math.abs(found - near);
    if (isNearer && markOf(block) === was) found = index;
  });
  return found;
}

function setIn(body: FormBody, at: number, blocks: readonly WorkBlock[]): OutlineEdit | Issue {
  const typed = readRow(body, at, `-${at}`);
  const block = blocks[at];
  const [issue] = rowIssues(typed, `level-${at}`);
  if (issue) return issue;
  const isSame =
    block !== undefined && markOf({ ...typed, kind: block.kind, level: block.level }) === markOf(block);
  const words = isSame ? {} : { label: typed.label, heading: typed.heading, text: typed.text };
  return { kind: 'set', at, blockKind: typed.kind, level: typed.level, ...words };
}

function splitIn(body: FormBody, at: number, blocks: readonly WorkBlock[]): OutlineEdit | Issue {
  const block = blocks[at] ?? { text: '', rows: null };
  const [words, place] = [line(body, 'words'), raw(body, 'place')];
  if (words === '' && /^\d{1,8}$/.test(place)) return { kind: 'split', at, offset: Number(place) };
  if (words === '') return { field: offsetsIn(block).length > 0 ? 'place' : 'words', key: 'choosePlace' };
  const [offset, another] = offsetsOf(words, block);
  if (offset === undefined) return { field: 'words', key: 'wordsNotFound' };
  return another === undefined ? { kind: 'split', at, offset } : { field: 'words', key: 'wordsTwice' };
}

function moveIn(body: FormBody, at: number, blocks: readonly WorkBlock[]): OutlineEdit | Issue {
  const to = numberIn(body, 'to') - 1;
  if (to < 0 || to > blocks.length)
    return { field: 'to', key: 'notARow', values: { last: blocks.length + 1 } };
  return { kind: 'move', at, to };
}

/** In front of the one before it under the same parent; where there is none, in front of the row above. */
function above(blocks: readonly WorkBlock[], at: number): number {
  const parent = blocks[at]?.parent ?? null;
  for (let index = at - 1; index >= 0 && index !== parent; index -= 1)
    if ((blocks[index]?.parent ?? null) === parent) return index;
  return Math.max(0, at - 1);
}

/** Behind the next one and everything in it. */
function below(blocks: readonly WorkBlock[], at: number): number {
  const next = endOf(blocks, at);
  return next < blocks.length ? endOf(blocks, next) : next;
}

function endOf(blocks: readonly WorkBlock[], at: number): number {
  let end = at + 1;
  while (end < blocks.length && (blocks[end]?.parent ?? -1) >= at) end += 1;
  return end;
}
