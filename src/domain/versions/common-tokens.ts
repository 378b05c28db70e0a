import { longestRise } from './order.ts';

/** A stretch of tokens that both texts have: where it begins in each, and how long it is. */
export interface Common {
  readonly old: number;
  readonly next: number;
  readonly length: number;
}

/** Both texts, and the most edits to look for in one part. */
interface Texts {
  readonly old: readonly string[];
  readonly next: readonly string[];
  readonly most: number;
}

/** Part of both texts: from a place up to before another. */
interface Part {
  readonly old: number;
  readonly oldEnd: number;
  readonly next: number;
  readonly nextEnd: number;
}

/** Edits looked for in one part, the fewer the longer the texts; a part with more is cut at what stands once in both. */
const mostEdits = { short: 1000, long: 50, effort: 40_000_000 };
/** Longer texts are not cut: what is between their equal ends counts as replaced. */
const longestCut = 400_000;
/** So many neighbouring tokens that stand once in both parts are a place to cut at. */
const cutLength = 4;
const deepestCut = 6;

/** What both texts have in common, in order, neither overlapping: the least edits, or nearly so in long texts. */
export function commonTokens(old: readonly string[], next: readonly string[]): Common[] {
  const found: Common[] = [];
  const total = old.length + next.length;
  const most = Math.min(mostEdits.short, Math.max(mostEdits.long, Math.floor(mostEdits.effort / total)));
  compare({ old, next, most }, { old: 0, oldEnd: old.length, next: 0, nextEnd: next.length }, 0, found);
  return joined(found);
}

function compare(texts: Texts, whole: Part, depth: number, found: Common[]): void {
  const head = headLength(texts, whole);
  found.push({ old: whole.old, next: whole.next, length: head });
  const part = { ...whole, old: whole.old + head, next: whole.next + head };
  const tail = tailLength(texts, part);
  const inner = { ...part, oldEnd: part.oldEnd - tail, nextEnd: part.nextEnd - tail };
  if (inner.old < inner.oldEnd && inner.next < inner.nextEnd)
    for (const common of leastEdits(texts, inner) ?? cutAndCompare(texts, inner, depth)) found.push(common);
  found.push({ old: inner.oldEnd, next: inner.nextEnd, length: tail });
}

function headLength({ old, next }: Texts, part: Part): number {
  const most = Math.min(part.oldEnd - part.old, part.nextEnd - part.next);
  let length = 0;
  while (length < most && old[part.old + length] === next[part.next + length]) length += 1;
  return length;
}

function tailLength({ old, next }: Texts, part: Part): number {
  const most = Math.min(part.oldEnd - part.old, part.nextEnd - part.next);
  let length = 0;
  while (length < most && old[part.oldEnd - 1 - length] === next[part.nextEnd - 1 - length]) length += 1;
  return length;
}

/** Compares the pieces between the cuts; without a cut, nothing in the part is common. */
function cutAndCompare(texts: Texts, part: Part, depth: number): Common[] {
  const found: Common[] = [];
  const cuts = depth < deepestCut ? cutsOf(texts, part) : [];
  let [fromOld, fromNext] = [part.old, part.next];
  for (const cut of cuts) {
    const piece = { old: fromOld, oldEnd: cut.old, next: fromNext, nextEnd: cut.next };
    compare(texts, piece, depth + 1, found);
    [fromOld, fromNext] = [cut.old, cut.next];
  }
  if (cuts.length > 0) compare(texts, { ...part, old: fromOld, next: fromNext }, depth + 1, found);
  return found;
}

/** Places where the same few tokens stand, once in each part, in the same order. */
function cutsOf({ old, next }: Texts, part: Part): Common[] {
  if (old.length + next.length > longestCut) return [];
  const left = onceIn(old, part.old, part.oldEnd);
  const right = onceIn(next, part.next, part.nextEnd);
  const cuts = [...left].flatMap(([words, place]) => {
    const other = right.get(words) ?? -1;
    return place >= 0 && other >= 0 ? [{ old: place, next: other, length: cutLength }] : [];
  });
  return longestRise(cuts.map((cut) => cut.next)).flatMap((place) => cuts[place] ?? []);
}

function onceIn(tokens: readonly string[], from: number, to: number): Map<string, number> {
  const places = new Map<string, number>();
  for (let place = from; place + cutLength <= to; place += 1) {
    const words = tokens.slice(place, place + cutLength).join('\u0000');
    places.set(words, places.has(words) ? -1 : place);
  }
  return places;
}

/** The common stretches of a shortest edit (Myers); null when it has too many edits. */
function leastEdits(texts: Texts, part: Part): Common[] | null {
  const [height, width] = [part.oldEnd - part.old, part.nextEnd - part.next];
  const most = Math.min(texts.most, height + width);
  const reach = new Int32Array(2 * most + 3);
  const trace: Int32Array[] = [];
  for (let edits = 0; edits <= most; edits += 1) {
    trace.push(reach.slice(most - edits, most + edits + 3));
    for (let line = -edits; line <= edits; line += 2) {
      const down = line === -edits || (line !== edits && at(reach, most + line) < at(reach, most + line + 2));
      let x = down ? at(reach, most + line + 2) : at(reach, most + line) + 1;
      while (x < height && x - line < width && texts.old[part.old + x] === texts.next[part.next + x - line])
        x += 1;
      reach[most + line + 1] = x;
      if (x >= height && x - line >= width) return wayBack(trace, part, height, width);
    }
  }
  return null;
}

function wayBack(trace: readonly Int32Array[], part: Part, height: number, width: number): Common[] {
  const found: Common[] = [];
  let [x, y] = [height, width];
  for (let edits = trace.length - 1; edits >= 0; edits -= 1) {
    const reach = trace[edits] ?? new Int32Array();
    const line = x - y;
    const down = line === -edits || (line !== edits && at(reach, edits + line) < at(reach, edits + line + 2));
    const before = down ? at(reach, edits + line + 2) : at(reach, edits + line);
    const start = down ? before : before + 1;
    found.push({ old: part.old + start, next: part.next + start - line, length: x - start });
    x = before;
    y = before - (down ? line + 1 : line - 1);
  }
  return found.reverse();
}

function at(numbers: Int32Array, place: number): number {
  return numbers[place] ?? 0;
}

/** The stretches without empty ones, and with those that touch as one. */
function joined(found: readonly Common[]): Common[] {
  const result: Common[] = [];
  for (const common of found) {
    const last = result.at(-1);
    if (common.length === 0) continue;
    const touches = last && last.old + last.length === common.old && last.next + last.length === common.next;
    if (touches) result[result.length - 1] = { ...last, length: last.length + common.length };
    else result.push(common);
  }
  return result;
}
