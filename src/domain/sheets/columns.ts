import type { CommenterKind, Consent, Stance } from '../comment.ts';
import type { EnteredChannel } from '../entry.ts';
import type { SheetRow } from './table.ts';

/** What a column of the table tells. Rows with the same `entryNumber` are comments of one submission. */
export const sheetColumns = [
  'entryNumber',
  'channel',
  'receivedOn',
  'postmarkedOn',
  'name',
  'commenterKind',
  'phone',
  'email',
  'consent',
  'clause',
  'stance',
  'text',
  'proposedWording',
] as const;
export type SheetColumn = (typeof sheetColumns)[number];

/** Columns that a table must have. */
export const neededColumns = ['channel', 'receivedOn', 'text'] as const satisfies readonly SheetColumn[];

type Spellings<K extends string> = Readonly<Record<K, readonly string[]>>;

/** The words a table is written in (views/sentences, under `sheet`): for each thing all spellings, the usual one first. */
export interface SheetWords {
  readonly columns: Spellings<SheetColumn>;
  readonly channels: Spellings<EnteredChannel>;
  readonly commenterKinds: Spellings<CommenterKind>;
  readonly consents: Spellings<Consent>;
  readonly stances: Spellings<Stance>;
  /** Stands as `entryNumber` in rows that are there to be read, not to be entered. */
  readonly example: string;
}

/** The place of each column in the rows; columns that the table does not have are absent. */
export type Places = Readonly<Partial<Record<SheetColumn, number>>>;

/** Finds the row of headings among the first rows: the one that names most columns. */
export function headingsIn(
  rows: readonly SheetRow[],
  words: SheetWords,
): { readonly index: number; readonly places: Places } {
  const found = rows.slice(0, mostLinesAbove).map((row, index) => ({ index, places: placesIn(row, words) }));
  const count = ({ places }: { places: Places }) => Object.keys(places).length;
  return found.reduce((best, each) => (count(each) > count(best) ? each : best), { index: 0, places: {} });
}

// A title and an instruction may stand above the headings.
const mostLinesAbove = 10;

function placesIn({ cells }: SheetRow, { columns }: SheetWords): Places {
  const names = cells.map(bare);
  const places = sheetColumns.flatMap((column) => {
    const place = names.findIndex((name) => columns[column].includes(name));
    return place < 0 ? [] : [[column, place]];
  });
  return Object.fromEntries(places);
}

/** A heading without blanks and without what is said in brackets behind it: `收到日期（必填）`. */
function bare(heading: string): string {
  return heading.replace(/\s+/g, '').replace(/[（(*＊].*$/, '');
}
