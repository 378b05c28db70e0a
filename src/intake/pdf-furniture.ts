import type { PdfLine } from './pdf-lines.ts';
import type { Page } from './pdf-open.ts';

/** A page's lines, those that stand on every page (running heads, page numbers) apart from the rest. */
export interface PdfPage {
  readonly width: number;
  readonly height: number;
  readonly body: readonly PdfLine[];
  readonly heads: readonly PdfLine[];
  readonly feet: readonly PdfLine[];
}

interface LinedPage {
  readonly page: Page;
  readonly lines: readonly PdfLine[];
}

const deepest = 3;

/** Sets apart what repeats at the head or foot of pages at one height, numbers in it aside, and bare page numbers. */
export function furnishedPages(pages: readonly LinedPage[]): PdfPage[] {
  const seen = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(edgeLines(page).map(keyOf))) seen.set(key, (seen.get(key) ?? 0) + 1);
  const needed = Math.max(2, Math.min(4, Math.ceil(pages.length / 3)));
  const repeats = (line: PdfLine) => (seen.get(keyOf(line)) ?? 0) >= needed || isPageNumber(line.text);
  return pages.map((page) => furnished(page, repeats));
}

function edgeLines({ page, lines }: LinedPage): readonly PdfLine[] {
  const edges = lines.length <= 2 * deepest ? lines : [...lines.slice(0, deepest), ...lines.slice(-deepest)];
  return edges.filter(({ y }) => y < page.height * 0.15 || y > page.height * 0.85);
}

function keyOf({ text, y }: PdfLine): string {
  return `${Math.round(y / 4)} ${text.replace(/\d+/g, '#').replace(/[\s#]+/g, '#')}`;
}

function furnished({ page, lines }: LinedPage, repeats: (line: PdfLine) => boolean): PdfPage {
  const edges = new Set(edgeLines({ page, lines }));
  const isFurniture = (line: PdfLine | undefined) => line !== undefined && edges.has(line) && repeats(line);
  let first = 0;
  while (isFurniture(lines[first])) first += 1;
  let end = lines.length;
  while (end > first && isFurniture(lines[end - 1])) end -= 1;
  const { width, height } = page;
  return {
    width,
    height,
    body: lines.slice(first, end),
    heads: lines.slice(0, first),
    feet: lines.slice(end),
  };
}

/** `3`, `- 3 -`, `— 3 —`, `第 3 页`, `第3页 共8页`, `3 / 8`. */
function isPageNumber(text: string): boolean {
  const bare = text.replace(/\s/g, '');
  return (
    bare.length < 20 && /^([-–—－·~]*\d{1,4}[-–—－·~]*|第\d+[页頁](，?[共/]?\d+[页頁])?|\d+\/\d+)$/.test(bare)
  );
}
