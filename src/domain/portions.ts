// A statement may take ten seconds, also for 100,000 comments on a busy machine.
const atOnce = 5_000;

/** Ids in portions of `size`, or as many as a statement can write, in their order. */
export function portionsOf(ids: readonly number[], size = atOnce): number[][] {
  const count = Math.ceil(ids.length / size);
  return Array.from({ length: count }, (_, at) => ids.slice(at * size, (at + 1) * size));
}
