import type { ImportKind, ImportState, IntakeNote, IntakeRefusal, UsedImport } from '../domain/import.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import { currentEdit } from './draft-edits.ts';
import type { Db } from './session.ts';

/** A text or file that an officer brought for a working draft. */
export interface Import {
  readonly id: number;
  /** The file's name; empty for a paste. */
  readonly name: string;
  readonly kind: ImportKind;
  readonly state: ImportState;
  readonly refusal: IntakeRefusal | null;
  /** How far it is read. */
  readonly percent: number;
  readonly settings: ParseSettings;
  readonly notes: readonly IntakeNote[];
  /** Null for one that is not in the draft as it stands. */
  readonly found: UsedImport['found'];
  readonly createdAt: Date;
  readonly readAt: Date | null;
}

/**
 * The imports of the work under way: those in the draft (`used`) first, in their order, then the others, oldest
 * first; without those that were set aside.
 */
export async function importsFor(
  db: Db,
  consultationId: number,
  used: readonly UsedImport[],
): Promise<Import[]> {
  const ids = used.map(({ importId }) => importId);
  const rows = await currentImports(db, consultationId, ids).orderBy('id').execute();
  const places = new Map(ids.map((id, place) => [id, place]));
  const place = (id: number) => places.get(id) ?? used.length;
  return rows.map((row) => toImport(row, used)).sort((one, other) => place(one.id) - place(other.id));
}

/** One import of the work under way with its text (empty until it is read), or undefined. */
export async function importById(
  db: Db,
  consultationId: number,
  id: number,
): Promise<(Import & { readonly text: string }) | undefined> {
  const edit = await currentEdit(db, consultationId);
  const found = edit && (await importsFor(db, consultationId, edit.imports)).find((each) => each.id === id);
  return found && { ...found, text: (await textsOf(db, [id])).join('') };
}

/** The texts of some imports, in that order. */
export async function textsOf(db: Db, ids: readonly number[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('draft_imports').select(['id', 'text']).where('id', 'in', ids).execute();
  return ids.map((id) => rows.find((row) => row.id === id)?.text ?? '');
}

function currentImports(db: Db, consultationId: number, used: readonly number[]) {
  return db
    .selectFrom('draft_imports')
    .select([
      'id',
      'name',
      'kind',
      'state',
      'refusal',
      'percent',
      'settings',
      'notes',
      'created_at',
      'read_at',
    ])
    .where('consultation_id', '=', consultationId)
    .where('draft_id', 'is', null)
    .where((eb) =>
      eb.or([eb('discarded_at', 'is', null), ...(used.length > 0 ? [eb('id', 'in', used)] : [])]),
    );
}

type Row = Awaited<ReturnType<ReturnType<typeof currentImports>['executeTakeFirstOrThrow']>>;

function toImport(row: Row, used: readonly UsedImport[]): Import {
  const use = used.find(({ importId }) => importId === row.id);
  return {
    id: row.id,
    name: row.name,
    kind: row.kind,
    state: row.state === 'ready' && !use ? 'discarded' : row.state,
    refusal: row.refusal,
    percent: row.percent,
    settings: use?.settings ?? row.settings,
    notes: row.notes,
    found: use?.found ?? null,
    createdAt: row.created_at,
    readAt: row.read_at,
  };
}
