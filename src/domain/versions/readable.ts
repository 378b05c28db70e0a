import type { Common } from './common-tokens.ts';

/** What is kept, and the edit behind it. */
export interface Step {
  readonly kept: string;
  readonly deleted: string;
  readonly inserted: string;
}

interface Edit {
  kept: string[];
  deleted: string[];
  inserted: string[];
}

/** An edit is not pushed further than this to find a better place. */
const longestSlide = 60;

/**
 * The steps from one text to the other as people mark them: an insertion begins and ends at a stop where it can, and a
 * word or two that happen to be in both stay with the replacement around them.
 */
export function readable(old: readonly string[], next: readonly string[], common: readonly Common[]): Step[] {
  const edits = editsOf(old, next, common);
  for (const [place, edit] of edits.entries()) slide(edit, edits[place + 1]);
  return withoutIslands(edits).map(({ kept, deleted, inserted }) => ({
    kept: kept.join(''),
    deleted: deleted.join(''),
    inserted: inserted.join(''),
  }));
}

function editsOf(old: readonly string[], next: readonly string[], common: readonly Common[]): Edit[] {
  const edits: Edit[] = [];
  let kept: string[] = [];
  let [fromOld, fromNext] = [0, 0];
  for (const stretch of [...common, { old: old.length, next: next.length, length: 0 }]) {
    const deleted = old.slice(fromOld, stretch.old);
    const inserted = next.slice(fromNext, stretch.next);
    if (deleted.length + inserted.length > 0 || kept.length > 0) edits.push({ kept, deleted, inserted });
    kept = old.slice(stretch.old, stretch.old + stretch.length);
    [fromOld, fromNext] = [stretch.old + stretch.length, stretch.next + stretch.length];
  }
  return edits;
}

/** Moves a pure insertion or deletion along equal words to where it reads best. */
function slide(edit: Edit, following: Edit | undefined): void {
  const words = edit.deleted.length === 0 ? edit.inserted : edit.inserted.length === 0 ? edit.deleted : [];
  const after = following?.kept ?? [];
  if (words.length === 0 || !following) return;
  const back = reachBack(edit.kept, words);
  const on = reachOn(words, after);
  const around = [...edit.kept.slice(edit.kept.length - back), ...words, ...after.slice(0, on)];
  const start = bestStart(around, words.length, back, edit.kept.length === back, edit.kept.at(-back - 1));
  if (start === back) return;
  edit.kept = [...edit.kept.slice(0, edit.kept.length - back), ...around.slice(0, start)];
  const moved = around.slice(start, start + words.length);
  if (edit.deleted.length > 0) edit.deleted = moved;
  else edit.inserted = moved;
  following.kept = [...around.slice(start + words.length), ...after.slice(on)];
}

/** How far the words could stand earlier: each step back needs the word before to equal their last. */
function reachBack(before: readonly string[], words: readonly string[]): number {
  let reach = 0;
  const wordAt = (place: number): string | undefined =>
    place >= 0 ? words[place] : before[before.length + place];
  while (
    reach < Math.min(longestSlide, before.length) &&
    before[before.length - 1 - reach] === wordAt(words.length - 1 - reach)
  )
    reach += 1;
  return reach;
}

function reachOn(words: readonly string[], after: readonly string[]): number {
  let reach = 0;
  while (
    reach < Math.min(longestSlide, after.length) &&
    after[reach] === (words[reach] ?? after[reach - words.length])
  )
    reach += 1;
  return reach;
}

/** Where the words should begin: behind a full stop and ending in one, else at a comma, else where they stood. */
function bestStart(
  around: readonly string[],
  length: number,
  stood: number,
  isFirst: boolean,
  before: string | undefined,
): number {
  let best = { start: stood, worth: -1 };
  for (let start = 0; start + length <= around.length; start += 1) {
    const ahead = start === 0 ? (isFirst ? '\n' : before) : around[start - 1];
    const worth =
      4 * stopWorth(ahead) + 4 * stopWorth(around[start + length - 1]) + (start === stood ? 1 : 0);
    if (worth > best.worth) best = { start, worth };
  }
  return best.start;
}

function stopWorth(word: string | undefined): number {
  if (word === undefined || /^[。；！？;!?\n]/u.test(word)) return 3;
  return /^[，：、,:]/u.test(word) ? 2 : 0;
}

/** The edits with those joined that only a tiny island parts. */
function withoutIslands(edits: readonly Edit[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    let current = edit;
    for (let last = result.at(-1); last && isIsland(last, current); last = result.at(-1)) {
      result.pop();
      current = joined(last, current);
    }
    result.push(current);
  }
  return result;
}

function isIsland(before: Edit, after: Edit): boolean {
  const kept = lengthOf(after.kept);
  if (kept === 0) return true;
  if (sizeOf(before) === 0 || sizeOf(after) === 0) return false;
  const onlyInserted = before.deleted.length + after.deleted.length === 0;
  const onlyDeleted = before.inserted.length + after.inserted.length === 0;
  if (onlyInserted || onlyDeleted) return false;
  return kept === 1 || kept <= Math.min(sizeOf(before), sizeOf(after)) / 2;
}

function sizeOf(edit: Edit): number {
  return Math.max(lengthOf(edit.deleted), lengthOf(edit.inserted));
}

function lengthOf(words: readonly string[]): number {
  return words.reduce((sum, word) => sum + word.length, 0);
}

function joined(before: Edit, after: Edit): Edit {
  return {
    kept: before.kept,
    deleted: [...before.deleted, ...after.kept, ...after.deleted],
    inserted: [...before.inserted, ...after.kept, ...after.inserted],
  };
}
