import { type IntakeResult, largestFile, longestText } from '../domain/import.ts';
import { cleanText } from '../domain/text.ts';
import { readHtml } from './html.ts';
import { readPdf } from './pdf.ts';
import { readTxt } from './txt.ts';

/**
 * Reads a file as source text. Its content says what it is; the name only decides whether a text with tags in it is a
 * page. `onProgress` hears whole percent.
 */
export async function readFile(
  bytes: Uint8Array,
  name: string,
  onProgress: (percent: number) => void = () => {},
): Promise<IntakeResult> {
  if (bytes.length === 0) return { refusal: 'empty' };
  if (bytes.length > largestFile) return { refusal: 'tooLarge' };
  const result = await readAs(kindOf(bytes, name), bytes, onProgress);
  if ('refusal' in result) return result;
  // What ends a page or a line in old files ends a line; what no database stores is gone.
  const text = cleanText(result.text.replace(/[\f\v\u0085\u2028\u2029]/g, '\n'));
  if (text.length > longestText) return { refusal: 'tooLarge' };
  return /[^\s\p{C}]/u.test(text) ? { ...result, text } : { refusal: 'empty' };
}

type Kind = 'pdf' | 'zip' | 'html' | 'txt' | 'oldWord' | 'encrypted' | 'unknownKind';

async function readAs(
  kind: Kind,
  bytes: Uint8Array,
  onProgress: (percent: number) => void,
): Promise<IntakeResult> {
  if (kind === 'pdf') return readPdf(bytes, onProgress);
  if (kind === 'html') return readHtml(bytes);
  if (kind === 'txt') return readTxt(bytes);
  if (kind !== 'zip') return { refusal: kind };
  const { readDocx } = await import('./docx/read.ts');
  return readDocx(bytes, onProgress);
}

const programs = [
  'PK\x03\x04',
  'PK\x05\x06',
  '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
  '\x89PNG',
  '\xff\xd8\xff',
  'GIF8',
  'BM',
  'II*\0',
  'MM\0*',
  '\x1f\x8b',
  'Rar!',
  '7z\xbc\xaf',
];
const [zip, emptyZip, compound, ...others] = programs;

function kindOf(bytes: Uint8Array, name: string): Kind {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 8192));
  const begins = (start: string | undefined) => start !== undefined && latin(bytes, start.length) === start;
  if (head.slice(0, 1024).includes('%PDF-')) return 'pdf';
  if (begins(zip) || begins(emptyZip)) return 'zip';
  if (begins(compound)) return compoundKind(bytes);
  if (begins('{\\rtf') || head.includes('progid="Word.Document"')) return 'oldWord';
  if (others.some(begins) || /^MIME-Version:/i.test(head)) return 'unknownKind';
  return isPage(head.replaceAll('\0', ''), name) ? 'html' : 'txt';
}

/** A container that old Word files are, and the new ones when a password protects them. */
function compoundKind(bytes: Uint8Array): Kind {
  const file = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (file.includes('EncryptedPackage', 0, 'utf16le')) return 'encrypted';
  return file.includes('WordDocument', 0, 'utf16le') ? 'oldWord' : 'unknownKind';
}

const tag =
  /<(!doctype\s{1,9}html|html|head|body|meta|title|div|p|table|h[1-6]|span|ul|ol|br|article|section|font|center)[\s>/]/i;

function isPage(head: string, name: string): boolean {
  const start = head.replace(/^(\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, '').trimStart();
  return (start.startsWith('<') || /\.x?html?$/i.test(name)) && tag.test(start);
}

/** The first bytes, each as the character of its number; TextDecoder's latin1 is Windows' own. */
function latin(bytes: Uint8Array, length: number): string {
  return String.fromCharCode(...bytes.subarray(0, length));
}
