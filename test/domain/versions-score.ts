import { type ClauseLink, type LinkKind, mapClauses } from '../../src/domain/versions/map.ts';
import { edited } from './versions-edits.ts';
import { madeDraft, written } from './versions-scripts.ts';
import { chanceOf } from './versions-words.ts';

/** What really became of a clause; renumbered and moved are one here: which of two neighbours moved, nobody knows. */
export type Fate = 'same' | 'renumbered' | 'amended' | 'split' | 'merged' | 'deleted' | 'new';

/** For each fate: how many clauses had it, how many of them were mapped right, and how many called right too. */
export type Scores = Record<Fate, { clauses: number; mapped: number; named: number }>;

/** Maps made-up drafts edited at random, one for each seed, and counts what came out right. */
export function scored(seeds: Iterable<number>): Scores {
  const none = () => ({ clauses: 0, mapped: 0, named: 0 });
  const scores: Scores = {
    same: none(),
    renumbered: none(),
    amended: none(),
    split: none(),
    merged: none(),
    deleted: none(),
    new: none(),
  };
  for (const seed of seeds) scoreOne(seed, scores);
  return scores;
}

/** A made-up draft and what random edits made of it, both written out. */
export function madeVersions(seed: number): { old: Written; next: Written } {
  const chance = chanceOf(seed);
  const articles = 10 + chance.below(50);
  const draft = madeDraft(chance, articles);
  const later = edited(chance, draft, 1 + chance.below(Math.ceil(articles / 2)));
  return { old: written(draft), next: written(later) };
}

type Written = ReturnType<typeof written>;

function scoreOne(seed: number, scores: Scores): void {
  const { old, next } = madeVersions(seed);
  const links = mapClauses(old.clauses, next.clauses);
  const byOld = new Map(links.flatMap((link) => link.from.map((address) => [address, link] as const)));
  const byNext = new Map(links.flatMap((link) => link.to.map((address) => [address, link] as const)));
  const successors = successorsOf(next);
  for (const [index, leaf] of old.leaves.entries()) {
    const targets = leaf.origins.flatMap((origin) => successors.get(origin) ?? []);
    const link = byOld.get(old.clauses[index]?.address ?? '');
    const wanted = targets.map((target) => next.clauses[target]?.address ?? '');
    count(scores, fateOf(old, next, index, targets), link, wanted);
  }
  for (const [index, leaf] of next.leaves.entries())
    if (leaf.origins.length === 0) {
      const address = next.clauses[index]?.address ?? '';
      count(scores, 'new', byNext.get(address), byNext.get(address)?.from.length === 0 ? [address] : []);
    }
}

function successorsOf(next: Written): Map<number, number[]> {
  const successors = new Map<number, number[]>();
  for (const [index, leaf] of next.leaves.entries())
    for (const origin of leaf.origins) successors.set(origin, [...(successors.get(origin) ?? []), index]);
  return successors;
}

function fateOf(old: Written, next: Written, index: number, targets: readonly number[]): Fate {
  const [target = -1] = targets;
  const [before, after] = [old.clauses[index], next.clauses[target]];
  if (!before || !after) return 'deleted';
  if (targets.length > 1) return 'split';
  if ((next.leaves[target]?.origins.length ?? 0) > 1) return 'merged';
  if (before.text !== after.text) return 'amended';
  return before.label === after.label ? 'same' : 'renumbered';
}

function count(scores: Scores, fate: Fate, link: ClauseLink | undefined, wanted: readonly string[]): void {
  const score = scores[fate];
  const isMapped = link?.to.toSorted().join(' ') === wanted.toSorted().join(' ');
  score.clauses += 1;
  if (isMapped) score.mapped += 1;
  if (isMapped && isNamed(fate, link?.kind)) score.named += 1;
}

function isNamed(fate: Fate, kind: LinkKind | undefined): boolean {
  return kind === fate || (fate === 'renumbered' && kind === 'moved');
}
