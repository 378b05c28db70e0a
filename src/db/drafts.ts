import { citationOf } from '../domain/citation.ts';
import type { Block } from '../domain/outline.ts';
import { addressesOf } from '../domain/parse/address.ts';
import type { Db, Trx } from './session.ts';

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

/** The draft an officer still works on. */
export interface DraftWork {
  readonly source: string;
  readonly blocks: readonly Block[];
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

/** The working draft of a consultation, or undefined. */
export async function draftWork(db: Db, consultationId: number): Promise<DraftWork | undefined> {
  const row = await db
    .selectFrom('draft_work')
    .select(['source', 'outline'])
    .where('consultation_id', '=', consultationId)
    .executeTakeFirst();
  return row && { source: row.source, blocks: row.outline };
}

/** Writes the working draft, in place of the one before. */
export async function saveDraftWork(
  trx: Trx,
  work: { readonly consultationId: number; readonly source: string; readonly blocks: readonly Block[] },
  now: Date,
): Promise<void> {
  const row = { source: work.source, outline: JSON.stringify(work.blocks), updated_at: now };
  await trx
    .insertInto('draft_work')
    .values({ consultation_id: work.consultationId, ...row })
    .onConflict((conflict) => conflict.column('consultation_id').doUpdateSet(row))
    .execute();
}

/** Stores a new version of a draft. */
export async function insertDraft(
  trx: Trx,
  draft: {
    readonly consultationId: number;
    readonly title: string;
    readonly source: string;
    readonly blocks: readonly Block[];
  },
  now: Date,
): Promise<void> {
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

async function clausesOf(db: Db, draftId: number): Promise<Clause[]> {
  const rows = await db
    .selectFrom('clauses')
    .selectAll()
    .where('draft_id', '=', draftId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({
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
  }));
}
