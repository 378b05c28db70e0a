/** Finds the texts that share rare words with another, without comparing it to each. */
export interface TextIndex {
  readonly holders: ReadonlyMap<number, readonly number[]>;
}

/** Shingles in more texts than this say nothing about any of them. */
const mostHolders = 24;
/** A longer text is looked up by so many of its shingles, evenly spread. */
const mostLookups = 400;

/** The index of some texts, each under its key. */
export function indexTexts(texts: Iterable<readonly [key: number, text: string]>): TextIndex {
  const holders = new Map<number, number[]>();
  for (const [key, text] of texts)
    for (let start = 0; start < text.length; start += 1) hold(holders, tripleAt(text, start), key);
  return { holders };
}

function hold(holders: Map<number, number[]>, triple: number, key: number): void {
  const known = holders.get(triple);
  if (!known) holders.set(triple, [key]);
  else if (known.length <= mostHolders && known[known.length - 1] !== key) known.push(key);
}

/** Keys of up to `most` texts that share rare shingles with this one, those that share the most first. */
export function nearest(index: TextIndex, text: string, most: number): number[] {
  const counts = new Map<number, number>();
  const step = Math.max(1, text.length / mostLookups);
  for (let start = 0; start < text.length; start += step) {
    const holders = index.holders.get(tripleAt(text, Math.floor(start))) ?? [];
    if (holders.length <= mostHolders)
      for (const key of holders) counts.set(key, (counts.get(key) ?? 0) + 1 / holders.length);
  }
  return largest(counts, most);
}

function largest(counts: ReadonlyMap<number, number>, most: number): number[] {
  const sorted = [...counts].sort((one, other) => other[1] - one[1]);
  return sorted.slice(0, most).map(([key]) => key);
}

function tripleAt(text: string, start: number): number {
  const [one, two, three] = [text.charCodeAt(start), text.charCodeAt(start + 1), text.charCodeAt(start + 2)];
  return Math.imul(Math.imul(one, 40503) + (two || 0), 40503) + (three || 0);
}
