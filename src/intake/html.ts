import { parse } from 'parse5';
import type { IntakeNote, IntakeResult } from '../domain/import.ts';
import { decode } from './encoding.ts';
import { linesOfPage, type PageLines } from './html-page.ts';
import { encodingNotes } from './txt.ts';

/**
 * Reads a web page, or a document that Word or another program saved as one: what a reader sees of it, a line for each
 * paragraph, tables as lines between bars, list numbers written out. Menus, headers and footers of the site are left out.
 */
export async function readHtml(bytes: Uint8Array): Promise<IntakeResult> {
  const decoded = decode(bytes, declaredEncoding(bytes));
  if (decoded === null) return { refusal: 'unknownKind' };
  const document = parse(decoded.text.replaceAll('\0', ''));
  let page = linesOfPage(document, false);
  // A page all in its header, or in a column beside, is better read in whole than not at all.
  if (page.lines.every((line) => line.trim() === '')) page = linesOfPage(document, true);
  return { kind: 'html', text: page.lines.join('\n'), notes: [...encodingNotes(decoded), ...notesOf(page)] };
}

/** The encoding that a page names at its beginning, in either form of `meta`. */
function declaredEncoding(bytes: Uint8Array): string | null {
  const start = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  return /\bcharset\s{0,9}=\s{0,9}["']?\s{0,9}([\w-]{1,40})/i.exec(start)?.[1] ?? null;
}

function notesOf({ numbers, merged, pictures, deleted }: PageLines): IntakeNote[] {
  const notes: IntakeNote[] = [
    { key: 'automaticNumbers', count: numbers },
    { key: 'mergedCells', count: merged },
    { key: 'pictures', count: pictures },
    { key: 'trackedChanges', count: deleted },
  ];
  return notes.filter((note) => note.count > 0);
}
