import type { Mapping } from '../../../actions/map-versions.ts';
import type { Clause } from '../../../db/drafts.ts';
import { citationOf } from '../../../domain/citation.ts';
import { isMapped, type VersionClause } from '../../../domain/versions/clause.ts';
import type { Sentences } from '../../../sentences.ts';
import type { HintedChoice } from '../contexts.ts';
import { kindName } from './link-rows.ts';

/** A new clause that an old one may have become: its name, and its first words. */
export type Candidate = HintedChoice;

const [nearest, unlinked, found, shownWords] = [6, 20, 40, 80];

/**
 * New clauses to choose from, in their order: those chosen, those around the place where the old one stood, those
 * that no old clause became, and those that hold the words of `q`.
 */
export function candidatesFor(
  { old, next, links, work }: Mapping,
  clause: Clause,
  chosen: readonly string[],
  q: string,
  sentences: Sentences,
): Candidate[] {
  const mapped = next.filter(isMapped);
  const fresh = links.filter(({ kind }) => kind === 'new').flatMap(({ to }) => to);
  const place = placeIn(mapped, old.clauses, links, clause);
  const shown = new Set([
    ...chosen,
    ...mapped.slice(Math.max(0, place - nearest), place + nearest + 1).map(({ address }) => address),
    ...fresh.slice(0, unlinked),
    ...hitsOf(mapped, q),
  ]);
  return next.flatMap((each, position) => {
    if (!shown.has(each.address)) return [];
    const label = citationOf(work.blocks, position) || kindName(each, sentences);
    return [{ value: each.address, label, hint: opening(each) }];
  });
}

// Where the old clause stands now, or else the nearest one before it that stands somewhere.
function placeIn(
  mapped: readonly VersionClause[],
  old: readonly VersionClause[],
  links: Mapping['links'],
  clause: Clause,
): number {
  const targets = new Map(links.flatMap(({ from, to }) => from.map((address) => [address, to[0]] as const)));
  const index = old.findIndex(({ address }) => address === clause.address);
  const before = old.slice(0, index + 1).reverse();
  const target = before.map(({ address }) => targets.get(address)).find((address) => address !== undefined);
  return Math.max(
    0,
    mapped.findIndex(({ address }) => address === target),
  );
}

function hitsOf(mapped: readonly VersionClause[], q: string): string[] {
  const words = q.split(/\s+/u).filter((word) => word !== '');
  if (words.length === 0) return [];
  const hits = mapped.filter(({ label, heading, text }) =>
    words.every((word) => label.includes(word) || heading.includes(word) || text.includes(word)),
  );
  return hits.slice(0, found).map(({ address }) => address);
}

function opening({ heading, text, rows }: VersionClause): string {
  const words = [
    ...[heading, text || (rows?.[0] ?? []).join('　')].filter(Boolean).join('　').replaceAll('\n', ' '),
  ];
  return words.slice(0, shownWords).join('') + (words.length > shownWords ? '……' : '');
}
