import { execFileSync } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { root } from '../../src/root.ts';

const folder = path.join(root, 'out/print');
mkdirSync(folder, { recursive: true });

/** One printed line; lengths in millimetres from the left and upper edge of the paper. */
export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** A printed document, as poppler reads it. */
export interface Paper {
  /** Width and height of the first page in millimetres. */
  readonly size: readonly [number, number];
  /** The lines of each page in the order of reading, without what stands in its margin. */
  readonly pages: readonly (readonly Line[])[];
  /** What stands in the margin of each page: its number, and on the first what names the document. */
  readonly margins: readonly (readonly Line[])[];
  /** Everything in the order of reading, without white space. */
  readonly text: string;
  /** Sizes in points of the letters of a text, by the fonts it is set in. */
  sizesOf(words: string): number[];
}

/** Prints the page that is open, as a reader's browser would; keeps the PDF and a picture of each page. */
export async function print(page: Page, name: string): Promise<Paper> {
  const file = path.join(folder, `${name}.pdf`);
  await page.pdf({ path: file, preferCSSPageSize: true });
  run('pdftoppm', ['-png', '-r', '60', file, path.join(folder, name)]);
  const [, width = '', height = ''] =
    /Page size:\s+([\d.]+) x ([\d.]+) pts/.exec(run('pdfinfo', [file])) ?? [];
  const all = readPages(run('pdftotext', ['-bbox-layout', file, '-']));
  const pages = all.map((lines) => lines.filter((line) => !isMargin(line)));
  const text = pages
    .flat()
    .map((line) => line.text)
    .join('');
  const xml = run('pdftohtml', ['-xml', '-stdout', '-zoom', '1', '-i', file]);
  return {
    size: [toMm(width), toMm(height)],
    pages,
    margins: all.map((lines) => lines.filter(isMargin)),
    text: text.replace(/\s/g, ''),
    sizesOf: (words) => sizesIn(xml, words),
  };
}

function readPages(html: string): Line[][] {
  return html
    .split('<page ')
    .slice(1)
    .map((page) => {
      const words = [
        ...page.matchAll(
          /<word xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)<\/word>/g,
        ),
      ];
      return joined(
        words.map(([, left = '', top = '', right = '', bottom = '', text = '']) => ({
          text,
          left: toMm(left),
          right: toMm(right),
          top: toMm(top),
          bottom: toMm(bottom),
        })),
      );
    });
}

// Words that stand at one height are one line: a space or another font cuts a line in words.
function joined(words: readonly Line[]): Line[] {
  const lines: Line[] = [];
  for (const word of words) {
    const last = lines.at(-1);
    const same = last && Math.abs(middle(last) - middle(word)) < 2 && word.left >= last.left;
    if (!same) lines.push(word);
    else
      lines[lines.length - 1] = {
        ...last,
        text: last.text + word.text,
        right: Math.max(last.right, word.right),
      };
  }
  return lines;
}

function isMargin({ text }: Line): boolean {
  return /^(—\d+—|\d+\/\d+|征求意见编号\d{4}-\d{4}文件指纹.*|核对文件指纹：.*|https?:[^（]*\/consultations\/\d{4}-\d{4})$/.test(
    text,
  );
}

function middle(line: Line): number {
  return (line.top + line.bottom) / 2;
}

function sizesIn(xml: string, words: string): number[] {
  const sizes = new Map(
    [...xml.matchAll(/<fontspec id="(\d+)" size="([\d.-]+)"/g)].map(([, id, size]) => [id, Number(size)]),
  );
  const found = [...xml.matchAll(/<text [^>]*font="(\d+)"[^>]*>(.*?)<\/text>/g)]
    .filter(([, , text = '']) => text.replace(/<[^>]*>|\s/g, '').includes(words))
    .map(([, id]) => sizes.get(id) ?? Number.NaN);
  return [...new Set(found)];
}

function run(command: string, given: readonly string[]): string {
  return execFileSync(command, given, {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  });
}

function toMm(points: string): number {
  return (Number(points) * 25.4) / 72;
}
