import { type Column, type OfficialTable, ruled } from '../domain/official-document.ts';
import { type BrokenLine, breakParagraphs, type WidthOf, widthIn } from './breaking.ts';
import { bodySize, padding, pitch, type Sheet, tableType, titleSize } from './measures.ts';
import type { EmWidth, Page, PlacedLine } from './placed.ts';
import { breakTitle } from './titles.ts';

/** How a table is set. */
interface Setting {
  readonly em: EmWidth;
  readonly block: Sheet['block'];
  readonly places: readonly Place[];
  /** Of its letters, and from line to line, in points. */
  readonly size: number;
  readonly pitch: number;
  readonly leastLines: number;
}

interface Place extends Pick<Column, 'centred'> {
  readonly x: number;
  readonly width: number;
}

/** A row taken apart: cells of lines, in the places they stand in. */
interface Row {
  readonly places: readonly Place[];
  readonly cells: readonly (readonly BrokenLine[])[];
  readonly strong: boolean;
}

const fewestLines = 3;

/** Between the text and a table below it, in points. */
const belowText = 6;

/** The word above an annex, in the strong face. */
const annexMark = '附件';

/**
 * Lays out a table, its head on each page, from the end of `pages` on or on pages of its own. A row stays whole unless
 * it is longer than a quarter of a page; then three lines of it at least stand on either side. A row that heads others
 * stays with the next.
 */
export function layOutTable(
  table: OfficialTable,
  em: EmWidth,
  { block }: Sheet,
  before: readonly Page[],
): Page[] {
  const type = tableType[table.large ? 'large' : 'usual'];
  const places = placesOf(table.columns, block.width);
  const setting: Setting = { em, block, places, ...type, leastLines: table.leastLines };
  const names = table.columns.map(({ name }) => name);
  const head = names.some((name) => name !== '') ? rowOf(names, setting, true) : null;
  const start = before.at(-1);
  const isBelow = table.place === 'below' && start !== undefined;
  const pages: Page[] = [isBelow ? start : { lines: [], rules: [], filled: 0 }];
  const page = () => pages.at(-1) as Page;
  let y = isBelow ? start.filled + belowText : opening(page(), table.caption, em, block.width);
  const overleaf = () => {
    pages.push({ lines: [], rules: [], filled: 0 });
    y = head ? put(page(), head, 0, setting) : 0;
  };
  const roomFor = (lines: number) => y + heightOf(lines, setting) <= block.height + 0.01;
  if (head && roomFor(linesOf(head) + fewestLines + 1)) y = put(page(), head, y, setting);
  else if (head) overleaf();
  for (const [index, cells] of table.rows.entries()) {
    let row = rowOf(cells, setting, cells.length === 1);
    const along = row.strong ? linesAlong(table.rows, index + 1, setting, head === null) : 0;
    while (!roomFor(linesOf(row) + along)) {
      const [here, rest] = torn(row, y, setting);
      if (here) y = put(page(), here, y, setting);
      row = rest;
      overleaf();
    }
    y = put(page(), row, y, setting);
  }
  return pages;
}

/**
 * How many lines must stand below a row that heads others: some of the next one; in a form all that it heads, unless
 * that is longer than a page.
 */
function linesAlong(rows: OfficialTable['rows'], from: number, setting: Setting, isForm: boolean): number {
  const end = rows.findIndex((cells, index) => index >= from && cells.length === 1);
  const headed = rows.slice(from, end < 0 ? undefined : end);
  const [first = 0, ...others] = (isForm ? headed : headed.slice(0, 1)).map(
    (cells) => linesOf(rowOf(cells, setting, false)) + 1,
  );
  const all = others.reduce((sum, lines) => sum + lines, first);
  const { block, pitch } = setting;
  const isLong = (all + 2) * pitch > block.height;
  return isForm && !isLong ? all : Math.min(first, fewestLines + 1);
}

// Where a row is cut that goes on overleaf; nothing stays here of one that is short or has too little room.
function torn(row: Row, y: number, { block, pitch }: Setting): [Row | null, Row] {
  const fitting = Math.floor((block.height - y - 2 * padding) / pitch);
  const count = linesOf(row);
  const here = Math.min(fitting, count - fewestLines);
  // More white space at the foot of a page than a quarter of it is worse than a row that goes on overleaf.
  if (count * pitch + 2 * padding <= block.height / 4 || here < fewestLines) return [null, row];
  const part = (from: number, to?: number) => ({
    ...row,
    cells: row.cells.map((lines) => lines.slice(from, to)),
  });
  return [part(0, here), part(here)];
}

function placesOf(columns: readonly Column[], width: number): Place[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return columns.map(({ share, centred }) => {
    const place = { centred, x, width: (width * share) / all };
    x += place.width;
    return place;
  });
}

function opening(page: Page, caption: string, em: EmWidth, width: number): number {
  page.lines.push({ text: annexMark, x: 0, y: 0, height: pitch, size: bodySize, strong: true });
  const widthOf: WidthOf = (character) => em(character, true) * titleSize;
  const lines = breakTitle(caption, width, widthOf);
  for (const [index, text] of lines.entries())
    page.lines.push({
      ...{ text, y: (index + 1.5) * pitch, height: pitch, size: titleSize, strong: true },
      x: (width - widthIn(text, widthOf)) / 2,
    });
  return (lines.length + 2) * pitch;
}

function rowOf(cells: readonly string[], setting: Setting, strong: boolean): Row {
  const { em, block, size, leastLines } = setting;
  const places = cells.length === 1 ? [{ x: 0, width: block.width, centred: true }] : setting.places;
  const widthOf: WidthOf = (character) => em(character, strong) * size;
  const broken = places.map(({ width }, index) =>
    breakParagraphs(cells[index] ?? '', width - 2 * padding, widthOf),
  );
  const missing = strong ? 0 : leastLines - Math.max(...broken.map(({ length }) => length));
  const blank = Array.from({ length: Math.max(0, missing) }, () => ({ text: '', width: 0, isLast: true }));
  return { places, strong, cells: broken.map((lines) => [...lines, ...blank]) };
}

function linesOf({ cells }: Row): number {
  return Math.max(1, ...cells.map(({ length }) => length));
}

function heightOf(lines: number, { pitch }: Setting): number {
  return lines * pitch + 2 * padding;
}

/** Puts a row at `y` and gives where the next one begins. */
function put(page: Page, row: Row, y: number, setting: Setting): number {
  const below = y + heightOf(linesOf(row), setting);
  const edge = { y1: y, y2: below };
  for (const [index, place] of row.places.entries()) {
    for (const [nr, line] of (row.cells[index] ?? []).entries()) {
      const at = y + padding + nr * setting.pitch;
      if (line.text === ruled) page.rules.push(ruleIn(place, at + setting.pitch - 2));
      else if (line.text) page.lines.push(cellLine(place, line.text, at, row.strong, setting));
    }
    page.rules.push({ ...edge, x1: place.x, x2: place.x });
  }
  const { width } = setting.block;
  page.rules.push({ ...edge, x1: width, x2: width });
  for (const at of [y, below]) page.rules.push({ x1: 0, y1: at, x2: width, y2: at });
  return below;
}

function ruleIn({ x, width }: Place, y: number): Page['rules'][number] {
  return { x1: x + padding, x2: x + width - padding, y1: y, y2: y };
}

function cellLine(
  place: Place,
  text: string,
  y: number,
  strong: boolean,
  { em, size, pitch }: Setting,
): PlacedLine {
  const widthOf: WidthOf = (character) => em(character, strong) * size;
  const room = place.width - 2 * padding;
  const aside = place.centred || strong ? (room - widthIn(text, widthOf)) / 2 : 0;
  return { text, x: place.x + padding + aside, y, height: pitch, size, strong };
}
