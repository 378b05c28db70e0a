// A statement may take ten seconds, also for 100,000 comments on a busy machine.
const atOnce = 5_000;

/** Ids in portions that a statement can write, in their order. */
export function portionsOf(ids: readonly number[]): number[][] {
  const count = Math.ceil(ids.length / atOnce);
  return Array.from({ length: count }, (_, at) => ids.slice(at * atOnce, (at + 1) * atOnce));
}
