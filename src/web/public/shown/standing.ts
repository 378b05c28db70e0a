import type { PublishedConsultation } from '../../../db/consultations.ts';
import type { Draft } from '../../../db/drafts.ts';
import { type ClauseName, clausePlaces } from '../../../db/placements.ts';
import { publicVersion } from '../../../db/public-version.ts';
import { publishedCounts, type Where } from '../../../db/published-comments.ts';
import type { Db } from '../../../db/session.ts';
import type { Version } from '../../../db/versions.ts';
import { blockViews, withDescendants } from '../blocks.ts';

/** Where the comments that readers see stand in one version of a draft. */
export interface Standing {
  readonly where: Where;
  /** How many there are on all versions. */
  readonly total: number;
  /** Ids of the clauses, of whatever version, whose comments are read at this address. */
  idsAt(address: string): number[];
  /** How many are read at this address. */
  countAt(address: string): number;
  readonly versions: readonly Version[];
  readonly names: ReadonlyMap<number, ClauseName>;
}

/**
 * Where shown comments stand in a version: on the newest also those of older versions, where the links or an officer put
 * them; on an older one those made on it. Null where the consultation shows none. Never older than the call.
 */
export type FindStanding = (
  consultation: Pick<PublishedConsultation, 'id' | 'showsComments'>,
  draft: Draft,
) => Promise<Standing | null>;

const mostStandings = 50;

/** Reads it once for all pages of a version, and anew when the public content has changed. */
export function keepStandings(db: Db): FindStanding {
  const kept = new Map<number, { readonly version: number; readonly standing: Promise<Standing> }>();
  return async (consultation, draft) => {
    if (!consultation.showsComments) return null;
    const version = await publicVersion(db);
    const known = kept.get(draft.id);
    if (known?.version === version) return known.standing;
    const standing = readStanding(db, consultation.id, draft);
    kept.delete(draft.id);
    kept.set(draft.id, { version, standing });
    for (const oldest of kept.keys()) {
      if (kept.size <= mostStandings) break;
      kept.delete(oldest);
    }
    standing.catch(() => kept.delete(draft.id));
    return standing;
  };
}

async function readStanding(db: Db, consultationId: number, draft: Draft): Promise<Standing> {
  const { versions, names, places } = await clausePlaces(db, consultationId);
  const isNewest = versions.at(-1)?.id === draft.id;
  const where = isNewest ? 'standing' : 'made';
  const counts = await publishedCounts(db, consultationId, where);
  const partsOf = partsByAddress(draft);
  const idsOf = new Map<string, number[]>();
  for (const name of names.values()) {
    const here = isNewest ? places.get(name.id)?.clause : name.draftId === draft.id && name;
    if (here) idsOf.set(here.address, [...(idsOf.get(here.address) ?? []), name.id]);
  }
  const idsAt = (address: string) => partsOf(address).flatMap((part) => idsOf.get(part) ?? []);
  return {
    ...{ where, versions, names, idsAt },
    total: sum([...counts.values()]),
    countAt: (address) => sum(idsAt(address).map((id) => counts.get(id) ?? 0)),
  };
}

/**
 * What is read at a clause's address: a clause that takes comments is read with what stands inside it and takes none of
 * its own, so that every comment is read at one such clause; any other with all below it.
 */
function partsByAddress({ clauses }: Draft): (address: string) => string[] {
  const blocks = new Map(
    blockViews(clauses, '').map(({ id, children }) => [id, [id, ...children.map((child) => child.id)]]),
  );
  return (address) => {
    const clause = clauses.find((each) => each.address === address);
    const below = () => (clause ? withDescendants(clauses, clause).map((each) => each.address) : []);
    return blocks.get(address) ?? below();
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
