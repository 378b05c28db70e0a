import type { Generated, JSONColumnType } from 'kysely';
import type { SheetProblem } from '../domain/sheets/lines.ts';

/** Where a table of comments stands: `waiting` to be tried, then to be confirmed, entered, or set aside. */
export type SheetState = 'waiting' | 'failed' | 'checked' | 'storing' | 'stopped' | 'stored' | 'discarded';

/** Tables of what officers enter many at a time. */
export interface SheetTables {
  sheet_imports: {
    id: Generated<number>;
    consultation_id: number;
    draft_id: number;
    officer_id: number;
    name: string;
    sha256: Buffer;
    bytes: Buffer | null;
    state: SheetState;
    refusal: string | null;
    rows_read: Generated<number>;
    bad_rows: Generated<number>;
    entries: Generated<number>;
    comments: Generated<number>;
    late_entries: Generated<number>;
    problems: JSONColumnType<readonly SheetProblem[], string | undefined, string>;
    entries_stored: Generated<number>;
    attempts: Generated<number>;
    leased_until: Date | null;
    created_at: Date;
    checked_at: Date | null;
    confirmed_by: number | null;
    confirmed_at: Date | null;
    stored_at: Date | null;
  };
}
