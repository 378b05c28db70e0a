import type { Block } from '../outline.ts';

/** One block of a version, in document order; its `parent` is an index into the same list, smaller than its own. */
export interface VersionClause extends Omit<Block, 'lines'> {
  readonly address: string;
}

/** What became of a clause from one version to the next. */
export const linkKinds = [
  'same',
  'renumbered',
  'moved',
  'amended',
  'split',
  'merged',
  'deleted',
  'new',
] as const;
export type LinkKind = (typeof linkKinds)[number];

/**
 * Old and new addresses that belong together: one to one, one to several (split), several to one (merged), one to
 * none (deleted), none to one (new).
 */
export interface ClauseLink {
  readonly kind: LinkKind;
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Who said so: the program, or an officer who corrected it. */
  readonly by: 'program' | 'officer';
  /** How much of the texts is alike, from 0 to 1. */
  readonly similarity: number;
}

const unmapped: ReadonlySet<Block['kind']> = new Set(['furniture', 'contents', 'signature', 'date']);

/** True for the blocks that links are about: all but furniture, table of contents, signature and date. */
export function isMapped(block: Pick<Block, 'kind'>): boolean {
  return !unmapped.has(block.kind);
}
