import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { tableLine } from '../domain/parse/table-lines.ts';
import { isBeside, isBlock, isPart, isSetBefore, isUnseen, keepsLines } from './html-kept.ts';
import { type Composer, composer } from './html-lines.ts';
import { isTypedNumber, type List, nextNumber, openList } from './html-lists.ts';
import { addCell, addRow, dataTables, endRow, type OpenTable, openTable, rowsOf } from './html-tables.ts';
import { numberIn, styleOf, walk } from './html-tree.ts';

/** What a reader sees of a page, and what was done to get there. */
export interface PageLines {
  readonly lines: readonly string[];
  /** List numbers written out. */
  readonly numbers: number;
  /** Cells that reach over several rows or columns. */
  readonly merged: number;
  readonly pictures: number;
  /** Passages that a tracked change deleted. */
  readonly deleted: number;
}

interface Page {
  readonly whole: boolean;
  readonly data: ReadonlySet<Tree.Element>;
  readonly body: Composer;
  readonly lists: List[];
  /** The table and the cell the walk is in; a data table holds no other. */
  table: OpenTable | null;
  cell: Composer | null;
  /** How many articles and elements that keep line ends are open. */
  parts: number;
  kept: number;
  numbers: number;
  merged: number;
  pictures: number;
  deleted: number;
}

/** Reads the lines of a page; `whole` keeps also what stands beside the text. */
export function linesOfPage(root: Tree.ParentNode, whole: boolean): PageLines {
  const counts = { parts: 0, kept: 0, numbers: 0, merged: 0, pictures: 0, deleted: 0 };
  const start = { whole, data: dataTables(root), body: composer(), lists: [], table: null, cell: null };
  const page: Page = { ...start, ...counts };
  walk(
    root,
    (node) => enter(page, node),
    (element) => leave(page, element),
  );
  return { ...page, lines: page.body.lines(), numbers: page.numbers + page.body.numbers() };
}

function enter(page: Page, node: Tree.ChildNode): boolean {
  if (node.nodeName === '#text') out(page).add((node as Tree.TextNode).value, page.kept > 0);
  if (!('tagName' in node) || isLeftOut(page, node)) return false;
  if (isBlock(node)) out(page).endLine();
  if (isPart(node)) page.parts += 1;
  if (keepsLines(node)) page.kept += 1;
  begin(page, node);
  return true;
}

function isLeftOut(page: Page, element: Tree.Element): boolean {
  if (element.tagName === 'del') page.deleted += 1;
  if (element.tagName === 'del' || isUnseen(element)) return true;
  return !page.whole && page.parts === 0 && isBeside(element);
}

function begin(page: Page, element: Tree.Element): void {
  const { tagName } = element;
  if (tagName === 'br') out(page).endLine(true);
  if (tagName === 'img' && (numberIn(element, 'width') ?? 100) > 32) page.pictures += 1;
  if (tagName === 'ol' || tagName === 'ul') page.lists.push(openList(element));
  if (tagName === 'li') beginItem(page, element);
  if (styleOf(element, 'mso-list') === 'ignore') page.numbers += 1;
  if (page.data.has(element)) page.table = openTable();
  else if (page.table) beginPart(page, page.table, tagName);
}

function beginItem(page: Page, item: Tree.Element): void {
  const list = page.lists.at(-1);
  if (list === undefined) return;
  const { label, value } = nextNumber(list, item);
  if (label !== '') out(page).number(label, (text) => isTypedNumber(text, value));
}

function beginPart(page: Page, table: OpenTable, tagName: string): void {
  if (tagName === 'tr') addRow(table);
  if (tagName === 'td' || tagName === 'th') page.cell = composer();
}

function leave(page: Page, element: Tree.Element): void {
  const { tagName } = element;
  if (isBlock(element)) out(page).endLine();
  if (isSetBefore(element)) endNumber(out(page));
  if (isPart(element)) page.parts -= 1;
  if (keepsLines(element)) page.kept -= 1;
  if (tagName === 'ol' || tagName === 'ul') page.lists.pop();
  if (tagName === 'li') out(page).dropNumber();
  if (page.table) endPart(page, page.table, element);
}

/** The number stands there already, whatever the list would count. */
function endNumber(lines: Composer): void {
  lines.dropNumber();
  lines.add(' ', false);
}

function endPart(page: Page, table: OpenTable, element: Tree.Element): void {
  const { tagName } = element;
  if (page.cell && (tagName === 'td' || tagName === 'th')) {
    page.numbers += page.cell.numbers();
    addCell(table, element, page.cell.lines().join('\n').trim());
    page.cell = null;
  }
  if (tagName === 'tr') endRow(table);
  if (tagName === 'table') endTable(page, table);
}

function endTable(page: Page, table: OpenTable): void {
  page.table = null;
  page.merged += table.merged;
  for (const row of rowsOf(table)) {
    page.body.add(tableLine(row), true);
    page.body.endLine();
  }
}

function out({ cell, body }: Page): Composer {
  return cell ?? body;
}
