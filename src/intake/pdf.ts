import type { IntakeNote, IntakeRefusal, IntakeResult } from '../domain/import.ts';
import { furnishedPages, type PdfPage } from './pdf-furniture.ts';
import { lineOf, linesOfPdfPage } from './pdf-lines.ts';
import { openPdf, type Page, type Pdf } from './pdf-open.ts';
import { type Column, columnOf, goesOn, joined, type PlacedLine } from './pdf-paragraphs.ts';

/**
 * Reads the text of a PDF: lines in the order of the page, those of one paragraph joined, running heads and page numbers
 * as lines of their own. Tells after each page how far it is, in whole percent.
 */
export async function readPdf(
  bytes: Uint8Array,
  onProgress: (percent: number) => void = () => {},
): Promise<IntakeResult> {
  const pdf = await openPdf(bytes);
  if (typeof pdf === 'string') return { refusal: pdf };
  const pages = await readPages(pdf, onProgress);
  const refusal = pages && !isReadable(pages) ? await whyUnreadable(pdf) : null;
  await pdf.close();
  if (pages === null) return { refusal: 'corrupt' };
  return refusal ? { refusal } : readingOf(pages);
}

async function readPages(pdf: Pdf, onProgress: (percent: number) => void): Promise<Page[] | null> {
  const pages: Page[] = [];
  try {
    for (let number = 1; number <= pdf.pages; number += 1) {
      pages.push(await pdf.page(number));
      onProgress(Math.floor((number * 100) / pdf.pages));
    }
    return pages;
  } catch {
    return null;
  }
}

/** Characters that nobody can read are a font without names for its glyphs: as good as a picture. */
function isReadable(pages: readonly Page[]): boolean {
  let [all, strange] = [0, 0];
  for (const { text } of pages.flatMap((page) => page.pieces)) {
    all += text.length;
    strange += text.replace(/[^\p{Co}\p{Cc}\ufffd]/gu, '').length;
  }
  return all > 0 && strange * 3 < all;
}

async function whyUnreadable(pdf: Pdf): Promise<IntakeRefusal> {
  for (let number = 1; number <= Math.min(pdf.pages, 3); number += 1)
    if (await pdf.isDrawnOn(number).catch(() => false)) return 'scannedPdf';
  return 'empty';
}

function readingOf(pages: readonly Page[]): IntakeResult {
  const furnished = furnishedPages(pages.map((page) => ({ page, lines: linesOfPdfPage(page) })));
  const count = furnished.reduce((sum, { heads, feet }) => sum + heads.length + feet.length, 0);
  const notes: IntakeNote[] = count > 0 ? [{ key: 'pageFurniture', count }] : [];
  return { kind: 'pdf', text: textOf(furnished, pages), notes };
}

/** What parts two pages comes behind a paragraph that goes on from one to the other. */
function textOf(furnished: readonly PdfPage[], pages: readonly Page[]): string {
  const columns = columnsOf(furnished);
  const lines: string[] = [];
  let between: string[] = [];
  let paragraph: PlacedLine[] = [];
  const end = () => {
    if (paragraph.length > 0) lines.push(joined(paragraph));
    lines.push(...between);
    [paragraph, between] = [[], []];
  };
  for (const [index, { body, heads, feet, width, height }] of furnished.entries()) {
    between.push(...heads.map((line) => line.text));
    for (const line of body.map((each) => ({ ...each, page: index }))) {
      const [first, last] = [paragraph[0], paragraph.at(-1)];
      const column = columns.get(shapeOf({ width, height }));
      if (!(first && last && column && goesOn(first, last, line, column))) end();
      paragraph.push(line);
    }
    between.push(...feet.map((line) => line.text));
    between.push(...(pages[index]?.askew ?? []).map((piece) => lineOf([piece]).text));
  }
  end();
  return lines.join('\n');
}

function columnsOf(pages: readonly PdfPage[]): ReadonlyMap<string, Column> {
  const shapes = new Map<string, { lines: PlacedLine[]; width: number }>();
  for (const [page, { body, width, height }] of pages.entries()) {
    const shape = shapes.get(shapeOf({ width, height })) ?? { lines: [], width };
    for (const line of body) shape.lines.push({ ...line, page });
    shapes.set(shapeOf({ width, height }), shape);
  }
  return new Map([...shapes].map(([shape, { lines, width }]) => [shape, columnOf(lines, width)]));
}

function shapeOf({ width, height }: { width: number; height: number }): string {
  return `${Math.round(width)} x ${Math.round(height)}`;
}
