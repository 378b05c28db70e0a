import type { Column, OfficialTable } from '../domain/official-document.ts';
import { type BrokenLine, breakParagraphs, type WidthOf, widthIn } from './breaking.ts';
import type { EmWidth, Page, PlacedLine } from './layout.ts';
import { block, bodySize, padding, pitch, tablePitch, tableSize, titleSize } from './measures.ts';
import { breakTitle } from './titles.ts';

interface Place extends Column {
  readonly x: number;
  readonly width: number;
}

// More white space at the foot of a page than this is worse than a row that goes on overleaf.
const mostWhite = block.height / 4;
const fewestLines = 3;

/** The word above an annex, in the strong face. */
const annexMark = '附件';

/**
 * Lays out a table on pages of its own, its head on each. A row stays whole unless it is longer than a quarter of a
 * page; then three lines of it at least stand on either side.
 */
export function layOutTable(table: OfficialTable, em: EmWidth): Page[] {
  const places = placesOf(table.columns);
  const pages: Page[] = [];
  const head = cellsOf(
    places,
    places.map(({ name }) => name),
    em,
    true,
  );
  let page = newPage(pages);
  let y = opening(page, table.caption, em);
  y = put(page, places, head, y, em, true);
  const overleaf = () => {
    page = newPage(pages);
    y = put(page, places, head, 0, em, true);
  };
  for (const row of table.rows) {
    let cells = cellsOf(places, row, em, false);
    for (;;) {
      const fitting = Math.floor((block.height - y - 2 * padding) / tablePitch);
      const count = Math.max(...cells.map((lines) => lines.length));
      if (count <= fitting) break;
      const isTorn = heightOf(count) > mostWhite && fitting >= fewestLines;
      const here = Math.min(fitting, count - fewestLines);
      if (isTorn && here >= fewestLines) {
        put(
          page,
          places,
          cells.map((lines) => lines.slice(0, here)),
          y,
          em,
          false,
        );
        cells = cells.map((lines) => lines.slice(here));
      }
      overleaf();
    }
    y = put(page, places, cells, y, em, false);
  }
  return pages;
}

function newPage(pages: Page[]): Page {
  const page: Page = { lines: [], rules: [] };
  pages.push(page);
  return page;
}

function placesOf(columns: readonly Column[]): Place[] {
  const all = columns.reduce((sum, { share }) => sum + share, 0);
  let x = 0;
  return columns.map((column) => {
    const width = (block.width * column.share) / all;
    const place = { ...column, x, width };
    x += width;
    return place;
  });
}

function opening(page: Page, caption: string, em: EmWidth): number {
  page.lines.push({ text: annexMark, x: 0, y: 0, height: pitch, size: bodySize, strong: true });
  const widthOf: WidthOf = (character) => em(character, true) * titleSize;
  const lines = breakTitle(caption, block.width, widthOf);
  for (const [index, text] of lines.entries())
    page.lines.push({
      ...{ text, y: (index + 1.5) * pitch, height: pitch, size: titleSize, strong: true },
      x: (block.width - widthIn(text, widthOf)) / 2,
    });
  return (lines.length + 2) * pitch;
}

function cellsOf(
  places: readonly Place[],
  row: readonly string[],
  em: EmWidth,
  strong: boolean,
): BrokenLine[][] {
  const widthOf: WidthOf = (character) => em(character, strong) * tableSize;
  return places.map(({ width }, index) => breakParagraphs(row[index] ?? '', width - 2 * padding, widthOf));
}

function heightOf(lines: number): number {
  return lines * tablePitch + 2 * padding;
}

/** Puts a row at `y` and gives where the next one begins. */
function put(
  page: Page,
  places: readonly Place[],
  cells: readonly (readonly BrokenLine[])[],
  y: number,
  em: EmWidth,
  isHead: boolean,
): number {
  const below = y + heightOf(Math.max(1, ...cells.map((lines) => lines.length)));
  const widthOf: WidthOf = (character) => em(character, isHead) * tableSize;
  for (const [index, place] of places.entries())
    for (const [nr, line] of (cells[index] ?? []).entries())
      page.lines.push(cellLine(place, line, y + padding + nr * tablePitch, widthOf, isHead));
  const right = places.at(-1);
  const edges = [...places.map(({ x }) => x), (right?.x ?? 0) + (right?.width ?? 0)];
  for (const x of edges) page.rules.push({ x1: x, y1: y, x2: x, y2: below });
  for (const at of [y, below]) page.rules.push({ x1: 0, y1: at, x2: block.width, y2: at });
  return below;
}

function cellLine(
  place: Place,
  { text }: BrokenLine,
  y: number,
  widthOf: WidthOf,
  isHead: boolean,
): PlacedLine {
  const room = place.width - 2 * padding;
  const aside = place.centred || isHead ? (room - widthIn(text, widthOf)) / 2 : 0;
  const x = place.x + padding + aside;
  return { text, x, y, height: tablePitch, size: tableSize, strong: isHead };
}
