/** Every two neighbouring characters of a text as sorted numbers; a text of one character stands for itself. */
export function shinglesOf(text: string): Uint32Array {
  const shingles = new Uint32Array(text.length > 1 ? text.length - 1 : text.length);
  for (let index = 0; index < shingles.length; index += 1)
    shingles[index] = text.charCodeAt(index) * 65536 + (text.charCodeAt(index + 1) || 0);
  return shingles.sort();
}

/** The shingles of a text, counted, for taking parts of it away. */
export function countedShingles(text: string): Map<number, number> {
  const counts = new Map<number, number>();
  for (const shingle of shinglesOf(text)) counts.set(shingle, (counts.get(shingle) ?? 0) + 1);
  return counts;
}

/** How many of these shingles, each as often as it occurs, stand among the counted ones. */
export function heldShingles(counts: ReadonlyMap<number, number>, shingles: Uint32Array): number {
  let [held, run, last] = [0, 0, -1];
  for (const shingle of shingles) {
    run = shingle === last ? run + 1 : 1;
    last = shingle;
    if (run <= (counts.get(shingle) ?? 0)) held += 1;
  }
  return held;
}

/** Takes shingles away from the counted ones. */
export function takeShingles(counts: Map<number, number>, shingles: Uint32Array): void {
  for (const shingle of shingles) counts.set(shingle, Math.max(0, (counts.get(shingle) ?? 0) - 1));
}

/** Likeness of two texts from 0 to 1 (Dice): the shared shingles among all; 1 for two empty texts. */
export function alike(one: Uint32Array, other: Uint32Array): number {
  const all = one.length + other.length;
  return all === 0 ? 1 : (2 * sharedShingles(one, other)) / all;
}

/** How many shingles two texts share, each counted as often as it stands in both. */
function sharedShingles(one: Uint32Array, other: Uint32Array): number {
  let shared = 0;
  let left = 0;
  let right = 0;
  while (left < one.length && right < other.length) {
    const difference = (one[left] ?? 0) - (other[right] ?? 0);
    if (difference === 0) shared += 1;
    if (difference <= 0) left += 1;
    if (difference >= 0) right += 1;
  }
  return shared;
}
