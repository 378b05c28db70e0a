import { largestSheet, type SheetReading, type SheetRow } from '../../domain/sheets/table.ts';
import { cleanText } from '../../domain/text.ts';
import { decode } from '../encoding.ts';
import { FileRefused, openZip } from '../zip.ts';
import { readCsv } from './csv.ts';
import { SheetRefused } from './refused.ts';
import { readXlsx } from './xlsx.ts';

/** Reads a table (.xlsx, or CSV in UTF-8, UTF-16 or GB18030) as rows of text. Its content says what it is. */
export async function readSheet(bytes: Uint8Array): Promise<SheetReading> {
  if (bytes.length === 0) return { refusal: 'empty' };
  if (bytes.length > largestSheet) return { refusal: 'tooLarge' };
  try {
    const rows = (await rowsIn(bytes)).map(cleaned).filter(({ cells }) => cells.length > 0);
    return rows.length === 0 ? { refusal: 'empty' } : { rows };
  } catch (error) {
    if (error instanceof SheetRefused) return { refusal: error.refusal };
    if (error instanceof FileRefused) return { refusal: refusalFor(error) };
    throw error;
  }
}

async function rowsIn(bytes: Uint8Array): Promise<readonly SheetRow[]> {
  const head = String.fromCharCode(...bytes.subarray(0, 8));
  if (head.startsWith('PK\x03\x04')) return readXlsx(await openZip(bytes));
  if (head === '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') throw new SheetRefused(compoundKind(bytes));
  const decoded = decode(bytes);
  if (decoded === null || decoded.text.includes('\0')) throw new SheetRefused('unknownKind');
  return readCsv(decoded.text);
}

/** A container that old Excel files are, and the new ones when a password protects them. */
function compoundKind(bytes: Uint8Array): 'encrypted' | 'oldExcel' {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return file.includes('EncryptedPackage', 0, 'utf16le') ? 'encrypted' : 'oldExcel';
}

/** Cells without blank ends, the last one not empty. */
function cleaned({ number, cells }: SheetRow): SheetRow {
  const texts = cells.map(cleanText);
  while (texts.at(-1) === '') texts.pop();
  return { number, cells: texts };
}

function refusalFor({ refusal }: FileRefused): 'encrypted' | 'zipBomb' | 'unknownKind' | 'corrupt' {
  if (refusal === 'encrypted' || refusal === 'zipBomb' || refusal === 'unknownKind') return refusal;
  return 'corrupt';
}
