import { headingLevel, type OfficialDocument } from '../domain/official-document.ts';
import { type BrokenLine, breakLines, type WidthOf, widthIn } from './breaking.ts';
import { signatureLines } from './layout-signature.ts';
import { advance, bodySize, pitch, type Sheet, titleSize } from './measures.ts';
import { bodyWidth, type EmWidth, type GridLine, type Page } from './placed.ts';
import { breakTitle } from './titles.ts';

/** Lays out everything but the table: as many pages as it needs. */
export function layOutLetter(document: OfficialDocument, em: EmWidth, sheet: Sheet): Page[] {
  const body = bodyLines(document, em, sheet.block.width);
  const signature = signatureLines(document, em, sheet.block.width);
  const pages = intoPages(body, signature, sheet.lines);
  return pages.map((lines) => ({
    lines: lines.flatMap((line, index) => line.map((each) => ({ ...each, y: index * pitch, height: pitch }))),
    rules: [],
    filled: lines.length * pitch,
  }));
}

function bodyLines(document: OfficialDocument, em: EmWidth, width: number): GridLine[] {
  const { title, number, addressee, paragraphs, annexes } = document;
  const widthOf = bodyWidth(em, false);
  const titleWidth: WidthOf = (character) => em(character, true) * titleSize;
  const set = (text: string, indent: number, strong = false) =>
    paragraph(breakLines(text, width, bodyWidth(em, strong), indent), indent, strong, width);
  const lines: GridLine[] = breakTitle(title, width, titleWidth).map((text) => [
    { text, size: titleSize, strong: true, x: (width - widthIn(text, titleWidth)) / 2 },
  ]);
  const numberX = (width - widthIn(number, widthOf)) / 2;
  if (number) lines.push([], [{ text: number, size: bodySize, strong: false, x: numberX }]);
  lines.push([]);
  if (addressee) lines.push(...set(addressee, 0));
  for (const text of paragraphs) lines.push(...set(text, 2 * advance, headingLevel(text) === 1));
  for (const [index, text] of annexes.entries())
    lines.push(...(index === 0 ? [[]] : []), ...set(text, 2 * advance));
  return lines;
}

function paragraph(
  broken: readonly BrokenLine[],
  indent: number,
  strong: boolean,
  width: number,
): GridLine[] {
  return broken.map(({ text, isLast }, index) => {
    const x = index === 0 ? indent : 0;
    return [{ text, x, size: bodySize, strong, ...(isLast ? {} : { spread: width - x }) }];
  });
}

// The signature stands with two lines of text at least: where it does not fit, they go overleaf with it.
function intoPages(
  body: readonly GridLine[],
  signature: readonly GridLine[],
  linesOnAPage: number,
): GridLine[][] {
  const onLast = body.length % linesOnAPage || linesOnAPage;
  const isAlone = onLast < 2 && body.length > onLast;
  const fits = onLast + signature.length <= linesOnAPage && !isAlone;
  const cut = fits ? body.length - onLast : Math.max(0, body.length - 2);
  const pages: GridLine[][] = [];
  for (let from = 0; from < cut; from += linesOnAPage)
    pages.push(body.slice(from, Math.min(cut, from + linesOnAPage)));
  return [...pages, [...body.slice(cut), ...signature]];
}
