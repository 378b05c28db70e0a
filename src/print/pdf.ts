import PDFDocument from 'pdfkit';
import { encode } from 'uqr';
import type { OfficialDocument, Origin } from '../domain/official-document.ts';
import { widthIn } from './breaking.ts';
import { type Faces, openFaces } from './faces.ts';
import { layOutLetter } from './layout.ts';
import { layOutTable } from './layout-table.ts';
import {
  advance,
  baseline,
  bodySize,
  bodySpacing,
  mark,
  onItsSide,
  pageNumber,
  type Sheet,
  upright,
} from './measures.ts';
import type { EmWidth, Page, PlacedLine } from './placed.ts';

type Pdf = InstanceType<typeof PDFDocument>;

/** Writes a document as PDF on A4 by GB/T 9704-2012. Its faces come with it, so that it prints alike everywhere. */
export async function writePdf(document: OfficialDocument): Promise<Uint8Array> {
  const sheet = document.wide ? onItsSide : upright;
  const pdf = new PDFDocument({
    ...{ size: [sheet.width, sheet.height], margin: 0, autoFirstPage: false, font: '', lang: 'zh-Hans' },
    info: { Title: document.title, Author: document.signatures.join('、') },
  });
  const chunks: Uint8Array[] = [];
  pdf.on('data', (chunk: Uint8Array) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => {
    pdf.once('end', resolve);
    pdf.once('error', reject);
  });
  const faces = openFaces(pdf);
  for (const [index, page] of layOut(document, faces.width, sheet).entries()) {
    pdf.addPage();
    drawPage(pdf, faces, page, sheet);
    drawNumber(pdf, faces, index + 1, sheet);
    if (index === 0) drawMark(pdf, faces, document.origin, sheet);
  }
  pdf.end();
  await ended;
  return Buffer.concat(chunks);
}

function layOut(document: OfficialDocument, em: EmWidth, sheet: Sheet): Page[] {
  const letter = layOutLetter(document, em, sheet);
  const { table } = document;
  if (!table) return letter;
  const withTable = layOutTable(table, em, sheet, letter);
  return [...(table.place === 'below' ? letter.slice(0, -1) : letter), ...withTable];
}

function drawPage(pdf: Pdf, faces: Faces, { lines, rules }: Page, { block }: Sheet): void {
  pdf.lineWidth(0.5);
  for (const { x1, y1, x2, y2 } of rules)
    pdf.moveTo(block.left + x1, block.top + y1).lineTo(block.left + x2, block.top + y2);
  if (rules.length > 0) pdf.stroke();
  for (const line of lines) drawLine(pdf, faces, line, block);
}

function drawLine(pdf: Pdf, faces: Faces, line: PlacedLine, block: Sheet['block']): void {
  const { text, x, y, height, size, strong, spread } = line;
  const usual = size === bodySize ? bodySpacing : 0;
  const spacing = spread === undefined ? usual : spacingFor(text, faces, { size, strong, spread, usual });
  const at = { x: block.left + x, y: block.top + y + baseline(height, size) };
  drawText(pdf, faces, text, { ...at, size, strong, spacing });
}

// Between the characters of a line that is spread; one left short by a long address is ragged rather than torn apart.
function spacingFor(
  text: string,
  faces: Faces,
  {
    size,
    strong,
    spread,
    usual,
  }: { readonly size: number; readonly strong: boolean; readonly spread: number; readonly usual: number },
): number {
  const natural = widthIn(text, (character) => faces.width(character, strong) * size);
  const spreading = (spread - natural) / [...text].length;
  return spreading - usual > size / 5 ? usual : spreading;
}

interface Setting {
  readonly x: number;
  /** Where its letters stand. */
  readonly y: number;
  readonly size: number;
  readonly strong?: boolean;
  readonly spacing?: number;
}

/** Draws a text, each stretch of it in the face that has its characters. */
function drawText(pdf: Pdf, faces: Faces, text: string, setting: Setting): void {
  const { y, size, strong = false, spacing = 0 } = setting;
  let { x } = setting;
  const runs = faces.runs(text, strong);
  for (const [index, run] of runs.entries()) {
    pdf.font(run.face, size);
    pdf.text(run.text, x, y, { lineBreak: false, baseline: 'alphabetic', characterSpacing: spacing });
    if (index === runs.length - 1) return;
    x += widthIn(run.text, (character) => faces.width(character, strong) * size + spacing);
  }
}

/** `— 1 —` at the outer side, a character from the edge of the text block. */
function drawNumber(pdf: Pdf, faces: Faces, number: number, { block }: Sheet): void {
  const { size, below } = pageNumber;
  const text = `— ${number} —`;
  const width = widthIn(text, (character) => faces.width(character, false) * size);
  const x = number % 2 === 1 ? block.left + block.width - advance - width : block.left + advance;
  drawText(pdf, faces, text, { x, y: block.top + block.height + below + size * 0.4, size });
}

/** The address as a QR code, and beside it what names the document. */
function drawMark(pdf: Pdf, faces: Faces, { address, lines }: Origin, sheet: Sheet): void {
  const { side, size } = mark;
  const { block } = sheet;
  const top = block.top + block.height + mark.below[sheet === upright ? 'upright' : 'onItsSide'];
  const { data, size: modules } = encode(address, { ecc: 'M', border: 0 });
  const module = side / modules;
  for (const [row, cells] of data.entries())
    for (const [column, isDark] of cells.entries())
      if (isDark) pdf.rect(block.left + column * module, top + row * module, module, module);
  pdf.fill('black');
  for (const [index, line] of lines.entries())
    drawText(pdf, faces, line, { x: block.left + side + 8, y: top + (index + 1) * size * 1.6, size });
}
