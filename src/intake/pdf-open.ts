import { createRequire } from 'node:module';
import path from 'node:path';
import type { PDFPageProxy } from 'pdfjs-dist';
import type { TextItem } from 'pdfjs-dist/types/src/display/api.js';
import type { IntakeRefusal } from '../domain/import.ts';
import { asTyped } from './pdf-radicals.ts';
import { loadPdfjs } from './pdfjs.ts';

type Pdfjs = Awaited<ReturnType<typeof loadPdfjs>>;

/** A piece of text on a page; lengths in points, `y` grows downwards to the baseline. */
export interface Piece {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly y: number;
  readonly size: number;
}

/** A page as it shows, turned so that its text runs from left to right. */
export interface Page {
  readonly width: number;
  readonly height: number;
  readonly pieces: readonly Piece[];
  /** Pieces at another angle than the rest, such as a watermark. */
  readonly askew: readonly Piece[];
}

/** A PDF that is open. */
export interface Pdf {
  readonly pages: number;
  page(number: number): Promise<Page>;
  /** True when something is drawn on the page, be it a picture. */
  isDrawnOn(number: number): Promise<boolean>;
  close(): Promise<void>;
}

/** Opens a PDF; gives the reason when it cannot be. pdf.js is loaded with the first. */
export async function openPdf(bytes: Uint8Array): Promise<Pdf | IntakeRefusal> {
  const pdfjs = await loadPdfjs();
  // pdf.js takes the buffer for its own.
  const task = pdfjs.getDocument({ ...settings(pdfjs), data: new Uint8Array(bytes) });
  try {
    const file = await task.promise;
    return {
      pages: file.numPages,
      page: async (number) => readPage(pdfjs, await file.getPage(number)),
      isDrawnOn: async (number) => isDrawnOn(pdfjs, await file.getPage(number)),
      close: () => task.destroy(),
    };
  } catch (error) {
    await task.destroy();
    return error instanceof Error && error.name === 'PasswordException' ? 'encrypted' : 'corrupt';
  }
}

function settings(pdfjs: Pdfjs) {
  const folder = path.dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json'));
  const inside = (name: string) => path.join(folder, name, path.sep);
  return {
    cMapUrl: inside('cmaps'),
    cMapPacked: true,
    standardFontDataUrl: inside('standard_fonts'),
    wasmUrl: inside('wasm'),
    iccUrl: inside('iccs'),
    isEvalSupported: false,
    useSystemFonts: false,
    disableFontFace: true,
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  };
}

async function readPage(pdfjs: Pdfjs, page: PDFPageProxy): Promise<Page> {
  const viewport = page.getViewport({ scale: 1 });
  const { items } = await page.getTextContent();
  const placed = items
    .filter((item): item is TextItem => 'str' in item && item.str.trim() !== '')
    .map((item) => ({ item, at: pdfjs.Util.transform(viewport.transform, item.transform) as number[] }));
  page.cleanup();
  const turns = placed.map(({ at }) => quarterTurns(at));
  const turn = mostFrequent(turns) ?? 0;
  const [width, height] = [viewport.width, viewport.height];
  const upright = turn % 2 === 0 ? { width, height } : { width: height, height: width };
  const pieces = placed.map(({ item, at }) => pieceOf(item, at, turn, { width, height }));
  return {
    ...upright,
    pieces: pieces.filter((_, index) => turns[index] === turn),
    askew: pieces.filter((_, index) => turns[index] !== turn),
  };
}

/** 0 to 3 for text turned by so many right angles, -1 for text askew. */
function quarterTurns([a = 0, b = 0]: readonly number[]): number {
  const turns = Math.atan2(b, a) / (Math.PI / 2);
  return Math.abs(turns - Math.round(turns)) > 0.05 ? -1 : (Math.round(turns) + 4) % 4;
}

function pieceOf(
  item: TextItem,
  at: readonly number[],
  turn: number,
  page: { width: number; height: number },
): Piece {
  const [, , c = 0, d = 0, x = 0, y = 0] = at;
  const [left, baseline] = turned(x, y, turn, page);
  const size = Math.hypot(c, d);
  return { text: asTyped(item.str), left, right: left + item.width, y: baseline, size };
}

/** A point of the page when the page is turned back by `turn` right angles. */
function turned(
  x: number,
  y: number,
  turn: number,
  { width, height }: { width: number; height: number },
): [number, number] {
  if (turn === 1) return [y, width - x];
  if (turn === 2) return [width - x, height - y];
  return turn === 3 ? [height - y, x] : [x, y];
}

function mostFrequent(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (const value of values) if (value >= 0) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: number | null = null;
  for (const [value, count] of counts) if (best === null || count > (counts.get(best) ?? 0)) best = value;
  return best;
}

async function isDrawnOn(pdfjs: Pdfjs, page: PDFPageProxy): Promise<boolean> {
  const { OPS } = pdfjs;
  const drawing = new Set<number>([
    OPS.paintImageXObject,
    OPS.paintInlineImageXObject,
    OPS.paintImageMaskXObject,
    OPS.paintFormXObjectBegin,
    OPS.constructPath,
    OPS.showText,
  ]);
  const { fnArray } = await page.getOperatorList();
  page.cleanup();
  return fnArray.some((operator) => drawing.has(operator));
}
