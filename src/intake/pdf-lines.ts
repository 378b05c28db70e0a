import type { Page, Piece } from './pdf-open.ts';

/** A line of text on a page. */
export interface PdfLine extends Piece {
  /** Where the text behind the first gap begins, as behind a number that hangs out; null without a gap. */
  readonly indent: number | null;
  /** True when wide gaps stand in it, as between the columns of a table. */
  readonly columns: boolean;
}

/** The lines of a page from top to bottom; what stands at one height is one line. */
export function linesOfPdfPage({ pieces }: Page): PdfLine[] {
  const rows: Piece[][] = [];
  for (const piece of pieces.toSorted((one, other) => one.y - other.y)) {
    const row = rows.at(-1);
    if (row?.some((each) => isLevel(each, piece))) row.push(piece);
    else rows.push([piece]);
  }
  return rows.map((row) => lineOf(row.toSorted((one, other) => one.left - other.left)));
}

/** Same height, or raised and lowered by no more than a small number is. */
function isLevel(one: Piece, other: Piece): boolean {
  return Math.abs(one.y - other.y) < 0.4 * Math.max(one.size, other.size);
}

/** Text in one line, from pieces in order. */
export function lineOf(row: readonly Piece[]): PdfLine {
  const [first, ...rest] = row;
  if (first === undefined) throw new Error('a line has a piece');
  const size = row.reduce((largest, piece) => Math.max(largest, piece.size), 0);
  const parts = [tidy(first.text)];
  let { right } = first;
  let indent: number | null = null;
  let columns = false;
  for (const [index, piece] of rest.entries()) {
    if (isRepeated(piece, row[index])) continue;
    const gap = (piece.left - right) / size;
    if (gap > narrowGap) {
      parts.push(' ');
      columns ||= gap > columnGap && indent !== null;
      indent ??= piece.left;
    }
    parts.push(tidy(piece.text));
    right = Math.max(right, piece.right);
  }
  return { text: parts.join(''), left: first.left, right, y: baselineOf(row), size, indent, columns };
}

/** Some programs print a text twice, a little apart, to make it bold. */
function isRepeated(piece: Piece, before: Piece | undefined): boolean {
  return before?.text === piece.text && piece.left - before.left < 0.15 * piece.size;
}

// In ems: less is the room that a program leaves between Han and Latin characters.
const narrowGap = 0.3;
const columnGap = 2;

/** Without the spaces that a program set between Han characters and figures or letters. */
function tidy(text: string): string {
  return text
    .replace(/(?<=[\u3400-\u9fff]) (?=[0-9A-Za-z])/g, (space, at: number) =>
      /[编编章節节條条款项項目]$/.test(text.slice(0, at)) && at < 12 ? space : '',
    )
    .replace(/(?<=[0-9A-Za-z]) (?=[\u3400-\u9fff])/g, '');
}

/** The height most of the text stands at. */
function baselineOf(row: readonly Piece[]): number {
  return row.reduce((widest, piece) => (widthOf(piece) > widthOf(widest) ? piece : widest)).y;
}

function widthOf({ left, right }: Piece): number {
  return right - left;
}
