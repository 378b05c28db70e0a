import type { ClauseLink } from '../domain/versions/clause.ts';
import { type Placement, placementsOf } from '../domain/versions/place.ts';
import type { HandPlacement } from './comment-placements.ts';
import type { Db } from './session.ts';
import { linksOf, type Version, versionsOf } from './versions.ts';

/** A published clause by the name readers know it by. */
export interface ClauseName {
  readonly id: number;
  readonly draftId: number;
  readonly position: number;
  readonly address: string;
  readonly citation: string;
  readonly heading: string;
}

/** Where something stands in the newest version; without a clause it is the whole draft, or nothing: `orphaned`. */
export interface Place {
  readonly state: Placement['state'];
  readonly clause: ClauseName | null;
}

/** Where the clauses of every published version stand in the newest one. */
export interface ClausePlaces {
  /** Oldest first; the last one is the newest. */
  readonly versions: readonly Version[];
  readonly names: ReadonlyMap<number, ClauseName>;
  readonly places: ReadonlyMap<number, Place>;
}

/** Reads the links of all versions and follows every clause; by clause, so that it costs the same for many comments. */
export async function clausePlaces(db: Db, consultationId: number): Promise<ClausePlaces> {
  const versions = await versionsOf(db, consultationId);
  const names = await clauseNames(db, consultationId);
  const chain: ClauseLink[][] = [];
  for (const { id } of versions.slice(1)) chain.push(await linksOf(db, id));
  const newest = versions.at(-1)?.id;
  const inNewest = new Map(
    names.filter(({ draftId }) => draftId === newest).map((each) => [each.address, each]),
  );
  const moves = new Map(versions.map(({ id }, index) => [id, placementsOf(chain.slice(index))]));
  const places = new Map<number, Place>();
  for (const name of names) {
    const move = moves.get(name.draftId)?.get(name.address) ?? { state: 'orphaned', address: null };
    const clause = inNewest.get(move.address ?? '') ?? null;
    places.set(name.id, name.draftId === newest ? { state: 'placed', clause: name } : { ...move, clause });
  }
  return { versions, names: new Map(names.map((name) => [name.id, name])), places };
}

/** Where a comment stands in the newest version: an officer's placement goes before the clause it was made on. */
export function placeOf(
  { places }: ClausePlaces,
  comment: { readonly clauseId: number | null },
  hand: HandPlacement | undefined,
): Place {
  const clauseId = hand ? hand.clauseId : comment.clauseId;
  if (clauseId === null) return { state: 'placed', clause: null };
  return places.get(clauseId) ?? { state: 'orphaned', clause: null };
}

async function clauseNames(db: Db, consultationId: number): Promise<ClauseName[]> {
  const rows = await db
    .selectFrom('clauses as c')
    .innerJoin('drafts as d', 'd.id', 'c.draft_id')
    .select(['c.id', 'c.draft_id', 'c.position', 'c.address', 'c.citation', 'c.heading'])
    .where('d.consultation_id', '=', consultationId)
    .orderBy('d.version')
    .orderBy('c.position')
    .execute();
  return rows.map(({ draft_id, ...row }) => ({ ...row, draftId: draft_id }));
}
