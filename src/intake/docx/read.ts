import type { IntakeResult } from '../../domain/import.ts';
import { tableLine } from '../../domain/parse/table-lines.ts';
import { FileRefused, openZip, type Zip, type ZipLimits } from '../zip.ts';
import { contentListener } from './content.ts';
import { startCounting } from './counting.ts';
import { closeFlow, type Reading, startReading } from './flow.ts';
import { type NoteCounts, noCounts, notesOf } from './notes.ts';
import { emptyNumbering, numberingListener } from './numbering.ts';
import { findParts, type Parts } from './package.ts';
import { emptyStyles, stylesListener } from './styles.ts';
import type { Item } from './tables.ts';
import { type Listener, readXml } from './xml.ts';

/**
 * Reads a Word file (.docx) as a person sees it in Word: a line for each paragraph with its automatic number, tables as
 * lines between bars, tracked changes accepted, footnotes at the end. Never throws for a bad file.
 */
export async function readDocx(
  bytes: Uint8Array,
  onProgress: (percent: number) => void = () => {},
  limits?: ZipLimits,
): Promise<IntakeResult> {
  try {
    return await read(await openZip(bytes, limits), onProgress);
  } catch (error) {
    if (error instanceof FileRefused) return { refusal: error.refusal };
    throw error;
  }
}

async function read(zip: Zip, onProgress: (percent: number) => void): Promise<IntakeResult> {
  const parts = await findParts(zip);
  const counts = noCounts();
  const reading = await readingOf(zip, parts, counts);
  const pieces = watched(zip.read(parts.document), zip.sizeOf(parts.document), onProgress);
  await readXml(pieces, contentListener(reading));
  const body = closeFlow(reading.flows[0]);
  const footnotes = await footnotesOf(zip, parts, reading);
  counts.pageFurniture = await furnitureIn(zip, parts.furniture);
  const lines = linesOf([...body, ...footnotes]);
  if (lines.length === 0) return { refusal: 'empty' };
  return { kind: 'docx', text: lines.join('\n'), notes: notesOf(counts) };
}

async function readingOf(zip: Zip, parts: Parts, counts: NoteCounts): Promise<Reading> {
  const [styles, numbering] = [emptyStyles(), emptyNumbering()];
  await readPart(zip, parts.styles, stylesListener(styles));
  await readPart(zip, parts.numbering, numberingListener(numbering));
  return startReading(startCounting(numbering, styles), counts);
}

async function readPart(zip: Zip, name: string, listener: Listener): Promise<void> {
  if (name !== '') await readXml(zip.read(name), listener);
}

async function* watched(
  pieces: AsyncIterable<Uint8Array>,
  size: number,
  onProgress: (percent: number) => void,
): AsyncGenerator<Uint8Array> {
  let done = 0;
  let told = 0;
  for await (const piece of pieces) {
    yield piece;
    done += piece.length;
    const percent = Math.min(Math.floor((100 * done) / size), 99);
    if (percent > told) onProgress(percent);
    told = Math.max(percent, told);
  }
}

/** The notes that the text refers to, in its order, each behind its mark. */
async function footnotesOf(zip: Zip, parts: Parts, reading: Reading): Promise<Item[]> {
  const found: Item[] = [];
  const references = reading.references.splice(0);
  for (const part of ['footnotes', 'endnotes'] as const) {
    const wanted = references.filter((each) => each.part === part);
    if (wanted.length === 0) continue;
    reading.footnotes.clear();
    await readPart(zip, parts[part], contentListener(reading));
    for (const { id, mark } of wanted)
      for (const item of marked(reading.footnotes.get(id) ?? [], mark)) found.push(item);
    reading.counts.footnotes += wanted.length;
  }
  return found;
}

function marked(items: readonly Item[], mark: string): Item[] {
  const [first, ...others] = items;
  return typeof first === 'string' ? [`${mark} ${first.trim()}`, ...others] : [mark, ...items];
}

/** How many headers and footers have text; page numbers are none. */
async function furnitureIn(zip: Zip, names: readonly string[]): Promise<number> {
  let count = 0;
  for (const name of new Set(names)) {
    const reading = startReading(() => null, noCounts());
    await readPart(zip, name, contentListener(reading));
    const hasText = linesOf(closeFlow(reading.flows[0])).some((line) => /[\p{L}]/u.test(line));
    count += hasText ? 1 : 0;
  }
  return count;
}

/** Lines without blanks at the ends of the text, and one blank line at most between two others. */
function linesOf(items: readonly Item[]): string[] {
  const lines: string[] = [];
  for (const item of items)
    for (const line of typeof item === 'string' ? item.split('\n') : item.map(tableLine)) {
      const text = line.trim();
      if (text !== '' || (lines.length > 0 && lines.at(-1) !== '')) lines.push(text);
    }
  if (lines.at(-1) === '') lines.pop();
  return lines;
}
