import { sql } from 'kysely';
import type { ImportKind, IntakeNote, IntakeRefusal } from '../domain/import.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import type { Trx } from './session.ts';

/** What an import begins as: read already, or waiting to be read with its file or its text. */
export interface NewImport {
  readonly consultationId: number;
  readonly officerId: number;
  readonly name: string;
  readonly kind: ImportKind;
  readonly settings: ParseSettings;
  readonly text: string;
  readonly bytes: Uint8Array | null;
  readonly notes: readonly IntakeNote[];
  /** The import in whose place it comes once it is read. */
  readonly replaces: number | null;
  readonly isRead: boolean;
}

/** Adds an import; gives its id. */
export async function insertImport(trx: Trx, one: NewImport, now: Date): Promise<number> {
  const { id } = await trx
    .insertInto('draft_imports')
    .values({
      consultation_id: one.consultationId,
      officer_id: one.officerId,
      draft_id: null,
      replaces: one.replaces,
      name: one.name,
      kind: one.kind,
      bytes: one.bytes && Buffer.from(one.bytes),
      settings: JSON.stringify(one.settings),
      state: one.isRead ? 'ready' : 'waiting',
      refusal: null,
      percent: one.isRead ? 100 : 0,
      text: one.text,
      notes: JSON.stringify(one.notes),
      leased_until: null,
      created_at: now,
      read_at: one.isRead ? now : null,
      discarded_at: null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Sends a read import back to be divided with other settings. */
export async function readAgain(trx: Trx, id: number, settings: ParseSettings): Promise<void> {
  await trx
    .updateTable('draft_imports')
    .set({ state: 'waiting', refusal: null, percent: 0, attempts: 0, settings: JSON.stringify(settings) })
    .where('id', '=', id)
    .execute();
}

/** Ends whatever is under way with an import. One that was never read is set aside for good, with its file. */
export async function dropImport(trx: Trx, id: number, now: Date): Promise<void> {
  const wasRead = sql<boolean>`(read_at is not null and text <> '')`;
  await trx
    .updateTable('draft_imports')
    .set({
      bytes: null,
      leased_until: null,
      refusal: null,
      state: sql`case when ${wasRead} then 'ready' else 'waiting' end`,
      discarded_at: sql`case when ${wasRead} then null else ${now}::timestamptz end`,
    })
    .where('id', '=', id)
    .execute();
}

/** Sets all imports aside that belong to no published version; their files are dropped, their texts are kept. */
export async function discardImports(trx: Trx, consultationId: number, now: Date): Promise<void> {
  await trx
    .updateTable('draft_imports')
    .set({
      bytes: null,
      leased_until: null,
      state: sql`case when state = 'reading' then 'waiting' else state end`,
      discarded_at: now,
    })
    .where('consultation_id', '=', consultationId)
    .where('draft_id', 'is', null)
    .where('discarded_at', 'is', null)
    .execute();
}

/** What became of reading an import: its text, or why there is none. */
export type ReadImport =
  | { readonly kind: ImportKind; readonly text: string; readonly notes: readonly IntakeNote[] }
  | { readonly refusal: IntakeRefusal };

/** Notes what became of reading an import; its file is not kept any longer. */
export async function finishImport(trx: Trx, id: number, result: ReadImport, now: Date): Promise<void> {
  const outcome =
    'refusal' in result
      ? { state: 'failed' as const, refusal: result.refusal }
      : { ...result, notes: JSON.stringify(result.notes), state: 'ready' as const, percent: 100 };
  await trx
    .updateTable('draft_imports')
    .set({ ...outcome, bytes: null, leased_until: null, read_at: now })
    .where('id', '=', id)
    .execute();
}
