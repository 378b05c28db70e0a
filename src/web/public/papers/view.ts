import type { PublishedConsultation } from '../../../db/consultations.ts';
import { type OfficialDocument, type OfficialTable, ruled } from '../../../domain/official-document.ts';
import { documentMarks, type Marks } from '../../origin-marks.ts';
import type { Site } from '../../site.ts';
import { sourceOf } from './paper.ts';

/** A paper that is mostly a table, on A4 in the browser. */
export interface PaperPage {
  readonly backTo: string;
  readonly heading: string;
  readonly number: string;
  readonly paragraphs: readonly string[];
  readonly table: PaperTable;
  readonly marks: Marks;
}

export interface PaperTable {
  /** Read aloud. */
  readonly caption: string;
  /** How many columns it has. */
  readonly width: number;
  /** Empty for a table without a head. */
  readonly head: readonly string[];
  readonly sections: readonly PaperSection[];
}

/** Rows with what heads them, over the whole width; empty for nothing. */
export interface PaperSection {
  readonly heading: string;
  readonly rows: readonly PaperRow[];
}

export interface PaperRow {
  readonly cells: readonly (readonly PaperLine[])[];
  /** Too tall to be kept on one page. */
  readonly tall: boolean;
}

/** A part of a cell: lines of words, or a rule to write on. */
export interface PaperLine {
  readonly text: string;
  readonly ruled: boolean;
}

/** The page on which a paper is shown and printed. */
export function paperPage(
  site: Site,
  consultation: PublishedConsultation,
  paper: OfficialDocument,
): PaperPage & { readonly title: string } {
  const { title, number, paragraphs, table } = paper;
  return {
    title,
    backTo: `/consultations/${consultation.number}`,
    heading: title,
    number,
    paragraphs,
    table: tableView(title, table),
    marks: documentMarks(sourceOf(site, consultation), paper, site.sentences),
  };
}

// A quarter of a page holds so many lines, and a line about so many characters.
const [mostLines, characters] = [8, 22];

function tableView(caption: string, table: OfficialTable | null): PaperTable {
  const names = table?.columns.map(({ name }) => name) ?? [];
  const head = names.some((name) => name !== '') ? names : [];
  return { caption, width: names.length, head, sections: sectionsOf(table?.rows ?? []) };
}

function sectionsOf(rows: OfficialTable['rows']): PaperSection[] {
  const sections: { heading: string; rows: PaperRow[] }[] = [];
  for (const cells of rows) {
    if (cells.length === 1 || sections.length === 0)
      sections.push({ heading: cells.length === 1 ? (cells[0] ?? '') : '', rows: [] });
    if (cells.length > 1) sections.at(-1)?.rows.push({ cells: cells.map(linesOf), tall: cells.some(isTall) });
  }
  return sections;
}

function isTall(text: string): boolean {
  return text.split('\n').length + text.length / characters > mostLines;
}

// Lines of words are one stretch, so that a page break leaves some of them on either side.
function linesOf(text: string): PaperLine[] {
  const lines: PaperLine[] = [];
  for (const line of text.split('\n')) {
    const last = lines.at(-1);
    if (line === ruled) lines.push({ text: '', ruled: true });
    else if (last && !last.ruled) lines[lines.length - 1] = { text: `${last.text}\n${line}`, ruled: false };
    else lines.push({ text: line, ruled: false });
  }
  return lines;
}
