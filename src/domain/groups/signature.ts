/** Hashes in a signature, and how many of them one band holds. */
export const hashes = 72;
export const hashesInBand = 3;
export const bands = hashes / hashesInBand;

// Odd multipliers and offsets from a fixed sequence: every process makes the same signatures
const multipliers = new Int32Array(hashes);
const offsets = new Int32Array(hashes);
for (let index = 0, state = 0x9e3779b9; index < hashes; index += 1) {
  state = mixed(state + index);
  multipliers[index] = state | 1;
  state = mixed(state ^ 0x85ebca6b);
  offsets[index] = state;
}

/** Writes the MinHash signature of shingles: the share of equal places in two of them estimates what the texts share. */
export function sign(shingles: Uint32Array, into: Int32Array): void {
  into.fill(0x7fffffff);
  let last = -1;
  for (const shingle of shingles) {
    if (shingle === last) continue;
    last = shingle;
    const hash = mixed(shingle);
    for (let index = 0; index < hashes; index += 1) {
      const value = (Math.imul(hash, multipliers[index] as number) + (offsets[index] as number)) | 0;
      if (value < (into[index] as number)) into[index] = value;
    }
  }
}

// Two texts that share half of their shingles differ by more in so many places once in a thousand times.
const firstLook = 24;
const fewestInFirstLook = 5;

/** The share of equal places in two signatures of a list of them, from 0 to 1; 0 where a first look finds too few. */
export function estimate(signatures: Int32Array, one: number, other: number): number {
  const [from, to] = [one * hashes, other * hashes];
  let equal = 0;
  for (let index = 0; index < firstLook; index += 1)
    if (signatures[from + index] === signatures[to + index]) equal += 1;
  if (equal < fewestInFirstLook) return 0;
  for (let index = firstLook; index < hashes; index += 1)
    if (signatures[from + index] === signatures[to + index]) equal += 1;
  return equal / hashes;
}

/** One number for a band of a signature in a list of them. */
export function bandOf(signatures: Int32Array, of: number, band: number): number {
  let key = band;
  for (let index = 0; index < hashesInBand; index += 1)
    key = mixed(key ^ (signatures[of * hashes + band * hashesInBand + index] as number));
  return key >>> 0;
}

/** A number in which every bit of another counts: the finaliser of MurmurHash3. */
export function mixed(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
