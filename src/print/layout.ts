import { headingLevel, type OfficialDocument } from '../domain/official-document.ts';
import { type BrokenLine, breakLines, type WidthOf, widthIn } from './breaking.ts';
import { advance, block, bodySize, linesOnAPage, pitch, titleSize } from './measures.ts';
import { breakTitle } from './titles.ts';

/** A line on a page: `y` is its top, lengths in points from the left and upper edge of the text block. */
export interface PlacedLine {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly height: number;
  readonly size: number;
  readonly strong: boolean;
  /** Width that its characters are spread over; undefined: as they come. */
  readonly spread?: number;
}

/** One page: lines of text, and rules from point to point. */
export interface Page {
  readonly lines: PlacedLine[];
  readonly rules: { readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number }[];
}

/** Widths of characters in ems. */
export type EmWidth = (character: string, strong: boolean) => number;

/** A row of the grid of 22 lines, or an empty one. */
type GridLine = Omit<PlacedLine, 'y' | 'height'> | null;

/** Body text is set so close that 28 characters fill a line. */
export const bodySpacing = advance - bodySize;

/** Lays out everything but the table: as many pages of 22 lines as it needs. */
export function layOutLetter(document: OfficialDocument, em: EmWidth): Page[] {
  const body = bodyLines(document, em);
  const signature = signatureLines(document, em);
  const pages = intoPages(body, signature);
  return pages.map((lines) => ({
    lines: lines.flatMap((line, index) => (line ? [{ ...line, y: index * pitch, height: pitch }] : [])),
    rules: [],
  }));
}

function bodyLines(document: OfficialDocument, em: EmWidth): GridLine[] {
  const { title, number, addressee, paragraphs, annexes } = document;
  const widthOf = bodyWidth(em, false);
  const titleWidth: WidthOf = (character) => em(character, true) * titleSize;
  const lines: GridLine[] = breakTitle(title, block.width, titleWidth).map((text) => ({
    ...{ text, size: titleSize, strong: true },
    x: (block.width - widthIn(text, titleWidth)) / 2,
  }));
  if (number) lines.push(null, centred(number, widthOf));
  lines.push(null);
  if (addressee) lines.push(...paragraph(breakLines(addressee, block.width, widthOf), 0, false));
  for (const text of paragraphs) {
    const strong = headingLevel(text) === 1;
    lines.push(
      ...paragraph(breakLines(text, block.width, bodyWidth(em, strong), 2 * advance), 2 * advance, strong),
    );
  }
  for (const [index, text] of annexes.entries())
    lines.push(
      ...(index === 0 ? [null] : []),
      ...paragraph(breakLines(text, block.width, widthOf, 2 * advance), 2 * advance, false),
    );
  return lines;
}

function bodyWidth(em: EmWidth, strong: boolean): WidthOf {
  return (character) => em(character, strong) * bodySize + bodySpacing;
}

function centred(text: string, widthOf: WidthOf): GridLine {
  return { text, size: bodySize, strong: false, x: (block.width - widthIn(text, widthOf)) / 2 };
}

function paragraph(broken: readonly BrokenLine[], indent: number, strong: boolean): GridLine[] {
  return broken.map(({ text, isLast }, index) => {
    const x = index === 0 ? indent : 0;
    return { text, x, size: bodySize, strong, ...(isLast ? {} : { spread: block.width - x }) };
  });
}

/**
 * Name and date. Without a seal the name ends two characters from the right and the date begins two after it; a date
 * that is longer ends there instead. Where a seal is set, the date ends four from the right and the name is centred above.
 */
function signatureLines({ signatures, date, sealed }: OfficialDocument, em: EmWidth): GridLine[] {
  const widthOf = bodyWidth(em, false);
  const line = (text: string, x: number): GridLine => ({ text, x, size: bodySize, strong: false });
  const wide = (text: string) => widthIn(text, widthOf);
  if (sealed) {
    const dateX = block.width - 4 * advance - wide(date);
    const names = signatures.map((name) =>
      line(name, Math.min(dateX + (wide(date) - wide(name)) / 2, block.width - wide(name))),
    );
    return [null, null, ...names, ...(date ? [line(date, dateX)] : [])];
  }
  const longest = Math.max(0, ...signatures.map(wide));
  const isLong = wide(date) > longest;
  const dateX = isLong ? block.width - 2 * advance - wide(date) : 0;
  const nameX = (name: string) => (isLong ? dateX - 2 * advance : block.width - 2 * advance - wide(name));
  const names = signatures.map((name) => line(name, nameX(name)));
  const lastX = names.at(-1)?.x ?? block.width - wide(date);
  return [null, ...names, ...(date ? [line(date, isLong ? dateX : lastX + 2 * advance)] : [])];
}

// The signature stands with two lines of text at least: where it does not fit, they go overleaf with it.
function intoPages(body: readonly GridLine[], signature: readonly GridLine[]): GridLine[][] {
  const onLast = body.length % linesOnAPage || linesOnAPage;
  const isAlone = onLast < 2 && body.length > onLast;
  const fits = onLast + signature.length <= linesOnAPage && !isAlone;
  const cut = fits ? body.length - onLast : Math.max(0, body.length - 2);
  const pages: GridLine[][] = [];
  for (let from = 0; from < cut; from += linesOnAPage)
    pages.push(body.slice(from, Math.min(cut, from + linesOnAPage)));
  return [...pages, [...body.slice(cut), ...signature]];
}
