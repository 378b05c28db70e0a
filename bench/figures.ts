/** One line of the result: what was measured, a leg each, and what is wanted. */
export interface Figure {
  readonly name: string;
  /** Of each pair of legs, in turn. */
  readonly ratios?: readonly number[];
  readonly wanted?: number;
  /** Wanted the other way round: a ratio of times. */
  readonly atMost?: number;
  readonly legs: Readonly<Record<string, readonly number[]>>;
  readonly unit: string;
  readonly note?: string;
}

/** The middle value, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** Between which two of the values their true median lies in 95 of 100 cases, whatever they are spread like. */
export function intervalOf(values: readonly number[]): [number, number] {
  const sorted = [...values].sort((a, b) => a - b);
  const reach = 0.98 * Math.sqrt(sorted.length);
  const low = Math.max(0, Math.floor(sorted.length / 2 - reach));
  const high = Math.min(sorted.length - 1, Math.ceil(sorted.length / 2 + reach));
  return [sorted[low] ?? Number.NaN, sorted[high] ?? Number.NaN];
}

/** Each value of `ours` divided by the one of `theirs` measured beside it. */
export function ratiosOf(ours: readonly number[], theirs: readonly number[]): number[] {
  return ours.map((value, index) => value / (theirs[index] ?? Number.NaN));
}

/** Prints a figure with the median of its ratios and every leg. */
export function print(database: string, figure: Figure): void {
  const { name, ratios, wanted, atMost, legs, unit, note = '' } = figure;
  const ratio = ratios ? `${median(ratios).toFixed(2)}x` : '';
  const verdict = ratios ? verdictOf(median(ratios), wanted, atMost) : '';
  console.log(`${database.padEnd(11)} ${name.padEnd(34)} ${ratio}${verdict}`);
  for (const [leg, values] of Object.entries(legs))
    console.log(`  ${leg.padEnd(30)} ${values.map(rounded).join('  ')} ${unit}`);
  if (note) console.log(`  ${note}`);
}

function verdictOf(ratio: number, wanted = 0, atMost = Number.POSITIVE_INFINITY): string {
  const isMissed = ratio < wanted || ratio > atMost;
  const bound = wanted > 0 ? `wanted ${wanted.toFixed(1)}x` : `at most ${atMost.toFixed(1)}x`;
  return wanted > 0 || Number.isFinite(atMost) ? ` (${bound})${isMissed ? ' MISSED' : ''}` : '';
}

function rounded(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(2);
}
