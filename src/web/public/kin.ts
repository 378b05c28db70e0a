import type { Clause, Draft } from '../../db/drafts.ts';
import type { Db } from '../../db/session.ts';
import { draftVersion, linksOf, type Version } from '../../db/versions.ts';
import type { ClauseLink } from '../../domain/versions/clause.ts';
import { nameOf } from './blocks.ts';
import type { Link } from './shapes.ts';
import type { Kin } from './version-contexts.ts';

interface Shown {
  /** The consultation's address. */
  readonly base: string;
  readonly consultationId: number;
  readonly versions: readonly Version[];
  readonly draft: Draft;
  readonly clause: Clause;
}

/** What a clause was in the version before its own, and what became of it in the version after. */
export async function kinOf(db: Db, shown: Shown): Promise<Kin[]> {
  const { versions, draft, clause } = shown;
  const at = versions.findIndex(({ version }) => version === draft.version);
  const [before, after] = [versions[at - 1], versions[at + 1]];
  const kin: Kin[] = [];
  if (before) {
    const link = find(await linksOf(db, draft.id), 'to', clause.address);
    if (link) kin.push(await kinIn(db, shown, before.version, link.kind, link.from));
  }
  if (after) {
    const link = find(await linksOf(db, after.id), 'from', clause.address);
    if (link) kin.push(await kinIn(db, shown, after.version, link.kind, link.to));
  }
  return kin;
}

function find(links: readonly ClauseLink[], side: 'from' | 'to', address: string): ClauseLink | undefined {
  return links.find((link) => link[side].includes(address));
}

async function kinIn(
  db: Db,
  { base, consultationId }: Shown,
  version: number,
  kind: Kin['kind'],
  addresses: readonly string[],
): Promise<Kin> {
  const draft = addresses.length > 0 ? await draftVersion(db, consultationId, version) : undefined;
  const clauses = (draft?.clauses ?? []).filter((each) => addresses.includes(each.address));
  const link = (each: Clause): Link => ({
    to: `${base}/versions/${version}/clauses/${encodeURIComponent(each.address)}`,
    text: each.citation || nameOf(each),
  });
  return { kind, version, clauses: clauses.map(link) };
}
