import type { OfficialDocument } from './official-document.ts';

/** What a document says, whatever paper it stands on. */
export type SaidInDocument = Omit<OfficialDocument, 'origin' | 'sealed' | 'wide'>;

/** A comparison of two versions of a draft: what stood, and what stands now, clause by clause. */
export interface SaidInComparison {
  readonly title: string;
  readonly note: string;
  readonly rows: readonly { readonly name: string; readonly old: string; readonly next: string }[];
}

/**
 * The canonical text of a document of a consultation (docs/ledger.md): the same words always give the same bytes in
 * UTF-8. Members stand here in the order in which RFC 8785 wants them.
 */
export function canonicalDocument(consultation: string, said: SaidInDocument): string {
  const { addressee, annexes, date, number, paragraphs, signatures, table, title } = said;
  return JSON.stringify({
    addressee,
    annexes,
    consultation,
    date,
    documentNumber: number,
    format: 'jianyan-document-1',
    paragraphs,
    signatures,
    table: table && {
      caption: table.caption,
      columns: table.columns.map(({ name }) => name),
      rows: table.rows,
    },
    title,
  });
}

/** The same of a comparison. */
export function canonicalComparison(consultation: string, { note, rows, title }: SaidInComparison): string {
  return JSON.stringify({
    consultation,
    format: 'jianyan-comparison-1',
    note,
    rows: rows.map(({ name, next, old }) => ({ name, next, old })),
    title,
  });
}
