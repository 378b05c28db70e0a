import type { FoundFields } from './announcement.ts';
import type { LineRange, OutlineWarning } from './outline.ts';
import type { Paste } from './parse/paste.ts';
import type { ParseSettings } from './parse/settings.ts';

/** The largest file that is taken, in bytes: 20 MB. */
export const largestFile = 20_000_000;

/** The longest text that is taken, pasted or found in a file, in UTF-16 units. */
export const longestText = 10_000_000;

/** A paste up to this length is read while the officer waits; a longer one is read in the background, as files are. */
export const readAtOnce = 200_000;

/** Kinds of file that a draft can be taken from. */
export type IntakeKind = 'docx' | 'html' | 'txt' | 'pdf';

/** What an import was made from: pasted text, or a file of some kind; `file` until it has been looked into. */
export type ImportKind = 'paste' | 'file' | IntakeKind;

/** Why nothing could be taken from a file; each has a sentence under `desk.importRefusals` in views/sentences. */
export type IntakeRefusal =
  | 'empty'
  | 'tooLarge'
  | 'unknownKind'
  | 'corrupt'
  | 'encrypted'
  | 'macros'
  | 'zipBomb'
  | 'scannedPdf'
  | 'oldWord'
  | 'tookTooLong'
  | 'tookTooMuchMemory';

/** Something an officer should know of what was done to a file's content, and how often. */
export interface IntakeNote {
  readonly key:
    | 'trackedChanges'
    | 'textBoxes'
    | 'footnotes'
    | 'pictures'
    | 'automaticNumbers'
    | 'guessedEncoding'
    | 'pageFurniture'
    | 'mergedCells';
  readonly count: number;
}

/** A file as source text (lines separated by \n, tables as lines between bars), or why there is none. */
export type IntakeResult =
  | { readonly kind: IntakeKind; readonly text: string; readonly notes: readonly IntakeNote[] }
  | { readonly refusal: IntakeRefusal };

/** What a file gave: its text, and the text divided; `paste` is null exactly when the result is a refusal. */
export interface Reading {
  readonly result: IntakeResult;
  readonly paste: Paste | null;
}

/** Reads files and long texts off the request thread, within limits of time and memory. Never throws for a bad file. */
export interface FileReader {
  /** Reads a file and divides its text; tells how far it is, in whole percent, as it goes. */
  read(
    bytes: Uint8Array,
    name: string,
    settings: ParseSettings,
    onProgress: (percent: number) => void,
  ): Promise<Reading>;
  /** Divides a text as `readPaste` does. Rejects with a ReadingRefused when a limit was reached. */
  parse(text: string, settings: ParseSettings): Promise<Paste>;
  close(): Promise<void>;
}

/** A text could not be divided within the limits. */
export class ReadingRefused extends Error {
  readonly refusal: IntakeRefusal;
  constructor(refusal: IntakeRefusal) {
    super(refusal);
    this.name = 'ReadingRefused';
    this.refusal = refusal;
  }
}

/** Where an import stands: `waiting` and `reading` go over into `ready` or `failed`; a `discarded` one can come back. */
export type ImportState = 'waiting' | 'reading' | 'ready' | 'failed' | 'discarded';

/** What was found in an import's text beside the blocks of the draft; lines count from 1 in that text. */
export interface Found {
  readonly announcement: { readonly lines: LineRange | null; readonly fields: FoundFields };
  readonly feedback: { readonly lines: LineRange | null };
  readonly warnings: readonly OutlineWarning[];
}

/** What a paste holds beside the blocks of the draft. */
export function foundIn({ announcement, feedback, draft }: Paste): Found {
  return {
    announcement: { lines: announcement.lines, fields: announcement.fields },
    feedback: { lines: feedback.lines },
    warnings: draft.warnings,
  };
}

/** An import as it stands in a working draft: how its text was read, and what was found; null from before that was kept. */
export interface UsedImport {
  readonly importId: number;
  readonly settings: ParseSettings;
  readonly found: Found | null;
}
