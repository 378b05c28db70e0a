import type { Mapping } from '../../../actions/map-versions.ts';
import { citationOf } from '../../../domain/citation.ts';
import type { VersionClause } from '../../../domain/versions/clause.ts';
import { compareVersions } from '../../../domain/versions/compare.ts';
import type { Run } from '../../../domain/versions/diff.ts';
import type { LinkKind } from '../../../domain/versions/map.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Tag } from '../contexts.ts';
import type { KnownLink } from './mapping.ts';

/** One link as the mapping page shows it: the old clauses on one side, the new ones on the other. */
export interface LinkRow {
  /** Unique on the page. */
  readonly id: string;
  readonly tag: Tag;
  readonly byOfficer: boolean;
  readonly doubtful: boolean;
  readonly comments: number;
  readonly old: Side;
  readonly next: Side;
  /** Where each old clause is corrected. */
  readonly corrections: readonly { readonly to: string; readonly text: string }[];
}

/** The clauses of one side with the words that only this side has marked; without names there is none. */
export interface Side {
  readonly names: readonly string[];
  readonly heading: readonly Run[];
  readonly text: readonly Run[];
  readonly rows: readonly (readonly string[])[];
}

const colours: Readonly<Record<LinkKind, string>> = {
  same: 'grey',
  renumbered: 'grey',
  moved: 'blue',
  amended: 'blue',
  split: 'amber',
  merged: 'amber',
  deleted: 'red',
  new: 'green',
};

/** Rows for some links; `base` is the mapping page, below which each old clause has its own. */
export function linkRows(
  mapping: Mapping,
  known: readonly KnownLink[],
  base: string,
  sentences: Sentences,
): LinkRow[] {
  const { old, next, work } = mapping;
  const positions = new Map(next.map(({ address }, position) => [address, position]));
  const citations = new Map(old.clauses.map(({ address, citation }) => [address, citation]));
  const nameOld = (clause: VersionClause) => citations.get(clause.address) || kindName(clause, sentences);
  const nameNew = (clause: VersionClause) =>
    citationOf(work.blocks, positions.get(clause.address) ?? -1) || kindName(clause, sentences);
  const compared = compareVersions(
    old.clauses,
    next,
    known.map(({ link }) => link),
  );
  return compared.map(({ link, old: before, next: after, heading, text }, each) => ({
    id: link.from[0] ? `from-${link.from[0]}` : `to-${link.to[0]}`,
    tag: { kind: colours[link.kind], text: sentences.linkKinds[link.kind] },
    byOfficer: link.by === 'officer',
    doubtful: known[each]?.doubtful ?? false,
    comments: known[each]?.comments ?? 0,
    old: sideOf(before, nameOld, heading, text, 'inserted'),
    next: sideOf(after, nameNew, heading, text, 'deleted'),
    corrections: before.map((clause) => ({
      to: `${base}/${encodeURIComponent(clause.address)}`,
      text: nameOld(clause),
    })),
  }));
}

/** What a block without a citation is called: its kind (标题, 表格 …). */
export function kindName({ kind }: VersionClause, sentences: Sentences): string {
  return sentences.blockKinds[kind];
}

function sideOf(
  clauses: readonly VersionClause[],
  name: (clause: VersionClause) => string,
  heading: readonly Run[],
  text: readonly Run[],
  hidden: Run['kind'],
): Side {
  const shown = (runs: readonly Run[]) =>
    clauses.length > 0 ? runs.filter(({ kind }) => kind !== hidden) : [];
  return {
    names: clauses.map(name),
    heading: shown(heading),
    text: shown(text),
    rows: clauses.flatMap(({ rows }) => rows ?? []),
  };
}
