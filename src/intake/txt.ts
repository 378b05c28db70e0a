import type { IntakeNote, IntakeResult } from '../domain/import.ts';
import { type Decoded, decode } from './encoding.ts';

/** Reads a plain text in UTF-8, UTF-16, GB18030 or Big5, with or without byte order mark. */
export async function readTxt(bytes: Uint8Array): Promise<IntakeResult> {
  const decoded = decode(bytes);
  if (decoded === null) return { refusal: 'unknownKind' };
  return { kind: 'txt', text: inLines(decoded.text), notes: encodingNotes(decoded) };
}

/** What to say of a text whose encoding neither a mark nor the bytes themselves proved. */
export function encodingNotes({ guessed }: Decoded): IntakeNote[] {
  return guessed ? [{ key: 'guessedEncoding', count: 1 }] : [];
}

/** Whatever ends a line or page becomes one \n. */
function inLines(text: string): string {
  return text.replace(/\r\n|[\r\v\f\u0085\u2028\u2029]/g, '\n').replaceAll('\0', '');
}
