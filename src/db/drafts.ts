import type { Selectable } from 'kysely';
import { citationOf } from '../domain/citation.ts';
import type { Block } from '../domain/outline.ts';
import { addressesOf } from '../domain/parse/address.ts';
import type { Db, Trx } from './session.ts';
import type { Tables } from './tables.ts';

/** A block of a published draft, with the id and address that stay for ever. */
export interface Clause extends Omit<Block, 'lines'> {
  readonly id: number;
  readonly address: string;
  /** How readers cite it: `第七条第（一）项`. */
  readonly citation: string;
}

/** A published draft: one immutable version. */
export interface Draft {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  readonly clauses: readonly Clause[];
}

/** The newest published draft of a consultation, or undefined. */
export async function latestDraft(db: Db, consultationId: number): Promise<Draft | undefined> {
  const draft = await db
    .selectFrom('drafts')
    .select(['id', 'version', 'title'])
    .where('consultation_id', '=', consultationId)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return draft && { ...draft, clauses: await clausesOf(db, draft.id) };
}

/** One block of the newest published draft, by address, or undefined. */
export async function clauseByAddress(
  db: Db,
  consultationId: number,
  address: string,
): Promise<Clause | undefined> {
  const draft = await latestDraft(db, consultationId);
  return draft?.clauses.find((clause) => clause.address === address);
}

/** Stores a new version of a draft; gives its id. */
export async function insertDraft(
  trx: Trx,
  draft: {
    readonly consultationId: number;
    readonly title: string;
    readonly source: string;
    readonly blocks: readonly Block[];
    /** What is new in this version, for the public; nothing for the first. */
    readonly note?: string;
  },
  now: Date,
): Promise<number> {
  const { version } = await trx
    .selectFrom('drafts')
    .select((eb) => eb.fn.coalesce(eb.fn.max('version'), eb.lit(0)).as('version'))
    .where('consultation_id', '=', draft.consultationId)
    .executeTakeFirstOrThrow();
  const { id } = await trx
    .insertInto('drafts')
    .values({
      consultation_id: draft.consultationId,
      version: version + 1,
      title: draft.title,
      source: draft.source,
      note: draft.note ?? '',
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const addresses = addressesOf(draft.blocks);
  const rows = draft.blocks.map((block, position) => ({
    ...clauseRow(id, block, position),
    address: addresses[position] ?? '',
    citation: citationOf(draft.blocks, position),
  }));
  for (let start = 0; start < rows.length; start += rowsPerInsert)
    await trx
      .insertInto('clauses')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute();
  return id;
}

// PostgreSQL takes at most 65,535 parameters in a statement.
const rowsPerInsert = 1_000;

function clauseRow(draftId: number, block: Block, position: number) {
  return {
    draft_id: draftId,
    position,
    parent_position: block.parent,
    kind: block.kind,
    level: block.level,
    label: block.label,
    heading: block.heading,
    text: block.text,
    rows: block.rows && JSON.stringify(block.rows),
  };
}

/** The blocks of a published draft, in their order. */
export async function clausesOf(db: Db, draftId: number): Promise<Clause[]> {
  const rows = await db
    .selectFrom('clauses')
    .selectAll()
    .where('draft_id', '=', draftId)
    .orderBy('position')
    .execute();
  return rows.map(toClause);
}

/** Blocks of published drafts by id, in no particular order; unknown ids are absent. */
export async function clausesById(db: Db, ids: readonly number[]): Promise<Clause[]> {
  if (ids.length === 0) return [];
  const rows = await db.selectFrom('clauses').selectAll().where('id', 'in', ids).execute();
  return rows.map(toClause);
}

function toClause(row: Selectable<Tables['clauses']>): Clause {
  return {
    id: row.id,
    address: row.address,
    kind: row.kind,
    level: row.level,
    parent: row.parent_position,
    label: row.label,
    citation: row.citation,
    heading: row.heading,
    text: row.text,
    rows: row.rows,
  };
}
