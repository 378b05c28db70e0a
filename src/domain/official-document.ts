/** A document as offices file it, in words alone; how it stands on paper is the printer's (GB/T 9704-2012). */
export interface OfficialDocument {
  readonly title: string;
  /** `清征〔2026〕3号`; empty for none. */
  readonly number: string;
  /** With its colon; empty for none. */
  readonly addressee: string;
  readonly paragraphs: readonly string[];
  /** What is named below the text: `附件：意见采纳情况表`. */
  readonly annexes: readonly string[];
  readonly signatures: readonly string[];
  /** `2026年3月1日`; empty for none. */
  readonly date: string;
  /** True where a seal will be set over the signature. */
  readonly sealed: boolean;
  readonly table: OfficialTable | null;
  /** True for a table on its side, with next to no text. */
  readonly wide: boolean;
  readonly origin: Origin;
}

export interface OfficialTable {
  /** Above an annex. */
  readonly caption: string;
  /** `annex`: on pages of its own; `below`: under the text, where that ends. */
  readonly place: 'annex' | 'below';
  /** 12 points and lines wide enough to write on, instead of 10.5. */
  readonly large: boolean;
  /** How many lines high a row is at least. */
  readonly leastLines: number;
  /** Heads without a name are not printed. */
  readonly columns: readonly Column[];
  /** A row of one cell alone heads the rows below it, over the whole width. */
  readonly rows: readonly (readonly string[])[];
}

export interface Column {
  readonly name: string;
  /** Its share of the width. */
  readonly share: number;
  readonly centred: boolean;
}

/** A line of a cell that is this alone is a rule to write on. */
export const ruled = '＿';

/** Where a printed document comes from, so that whoever holds it finds the page and can compare. */
export interface Origin {
  /** Address of the consultation's page: what the QR code says. */
  readonly address: string;
  /** What stands beside the code: the number, a short form of the fingerprint, how to compare it. */
  readonly lines: readonly string[];
}

/** Writes a document in one file format. */
export type WriteDocument = (document: OfficialDocument) => Promise<Uint8Array>;

/** The printers of the portal, one a format. */
export interface Printers {
  readonly pdf: WriteDocument;
  readonly docx: WriteDocument;
}

/** Width of a text in characters of the grid: a letter or digit takes half of one. */
export function gridWidth(text: string): number {
  return [...text].reduce((sum, character) => sum + (character.charCodeAt(0) < 0x100 ? 0.5 : 1), 0);
}

/** A heading of a text by the mark it begins with (一、 and （一）), or null; only short lines without a stop are one. */
export function headingLevel(paragraph: string): 1 | 2 | null {
  if ([...paragraph].length > 28 || /[。；]$/.test(paragraph)) return null;
  if (/^[一二三四五六七八九十百]{1,4}、/.test(paragraph)) return 1;
  return /^（[一二三四五六七八九十百]{1,4}）/.test(paragraph) ? 2 : null;
}
