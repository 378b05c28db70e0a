import type { ClauseLink } from '../domain/versions/clause.ts';
import { clausesOf, type Draft } from './drafts.ts';
import type { Db, Trx } from './session.ts';

/** A published version of a draft, without its clauses. */
export interface Version {
  readonly id: number;
  readonly version: number;
  readonly title: string;
  /** What is new in it, as the public reads it; empty for the first. */
  readonly note: string;
  readonly createdAt: Date;
}

/** The published versions of a consultation's draft, the first one first. */
export async function versionsOf(db: Db, consultationId: number): Promise<Version[]> {
  const rows = await db
    .selectFrom('drafts')
    .select(['id', 'version', 'title', 'note', 'created_at'])
    .where('consultation_id', '=', consultationId)
    .orderBy('version')
    .execute();
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAt: created_at }));
}

/** One published version with its clauses, or undefined. */
export async function draftVersion(
  db: Db,
  consultationId: number,
  version: number,
): Promise<Draft | undefined> {
  const row = await db
    .selectFrom('drafts')
    .select(['id', 'version', 'title'])
    .where('consultation_id', '=', consultationId)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...row, clauses: await clausesOf(db, row.id) };
}

/** What became of each clause of the version before this one, as published; nothing for the first version. */
export async function linksOf(db: Db, draftId: number): Promise<ClauseLink[]> {
  const rows = await db
    .selectFrom('clause_links as l')
    .leftJoin('clauses as f', 'f.id', 'l.from_clause_id')
    .leftJoin('clauses as t', 't.id', 'l.to_clause_id')
    .select(['l.position', 'l.kind', 'l.by_officer', 'l.similarity', 'f.address as from', 't.address as to'])
    .where('l.draft_id', '=', draftId)
    .orderBy('l.position')
    .orderBy('l.id')
    .execute();
  const links = new Map<number, ClauseLink & { from: string[]; to: string[] }>();
  for (const row of rows) {
    const { kind, similarity } = row;
    const by = row.by_officer === null ? 'program' : 'officer';
    const link = links.get(row.position) ?? { kind, from: [], to: [], by, similarity };
    links.set(row.position, link);
    if (row.from !== null && !link.from.includes(row.from)) link.from.push(row.from);
    if (row.to !== null && !link.to.includes(row.to)) link.to.push(row.to);
  }
  return [...links.values()];
}

/** A link about to be published; `officerId` is who chose it, null for the program. */
export type NewLink = ClauseLink & { readonly officerId: number | null };

/** Stores the links from the clauses of one version to those of the next. Throws an Error for unknown addresses. */
export async function insertLinks(
  trx: Trx,
  drafts: { readonly from: number; readonly to: number },
  links: readonly NewLink[],
): Promise<void> {
  const old = await clauseIds(trx, drafts.from);
  const next = await clauseIds(trx, drafts.to);
  const rows = links.flatMap((link, position) =>
    pairsOf(link).map(([from, to]) => ({
      draft_id: drafts.to,
      position,
      kind: link.kind,
      from_clause_id: idAt(old, from),
      to_clause_id: idAt(next, to),
      by_officer: link.officerId,
      similarity: link.similarity,
    })),
  );
  for (let start = 0; start < rows.length; start += rowsPerInsert)
    await trx
      .insertInto('clause_links')
      .values(rows.slice(start, start + rowsPerInsert))
      .execute();
}

// PostgreSQL takes at most 65,535 parameters in a statement.
const rowsPerInsert = 1_000;

type Pair = readonly [from: string | null, to: string | null];

function pairsOf({ from, to }: ClauseLink): Pair[] {
  if (from.length === 0) return to.map((address) => [null, address]);
  if (to.length === 0) return from.map((address) => [address, null]);
  return from.flatMap((old) => to.map((next): Pair => [old, next]));
}

function idAt(ids: ReadonlyMap<string, number>, address: string | null): number | null {
  if (address === null) return null;
  const id = ids.get(address);
  if (id === undefined) throw new Error(`no clause ${address}`);
  return id;
}

async function clauseIds(db: Db, draftId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('clauses')
    .select(['address', 'id'])
    .where('draft_id', '=', draftId)
    .execute();
  return new Map(rows.map(({ address, id }) => [address, id]));
}
