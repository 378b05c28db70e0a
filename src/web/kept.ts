/** Gives what belongs to a key: kept while it is good, made anew otherwise; undefined where `make` knows nothing. */
export type Keep<T> = (
  key: string,
  make: () => Promise<T | undefined>,
  isGood?: (kept: T) => boolean,
) => Promise<T | undefined>;

/**
 * Keeps the `most` latest in memory, each made once per version of the public content, however many ask for it.
 * `version` is never older than its call. What is unknown or failed is not kept.
 */
export function keepPerVersion<T>(version: () => Promise<number>, most: number): Keep<T> {
  const all = new Map<string, { readonly version: number; readonly made: Promise<T | undefined> }>();
  return async (key, make, isGood = () => true) => {
    const current = await version();
    const known = all.get(key);
    if (known?.version === current) {
      const kept = await known.made;
      if (kept !== undefined && isGood(kept)) return kept;
    }
    const made = make();
    all.delete(key);
    all.set(key, { version: current, made });
    for (const oldest of all.keys()) {
      if (all.size <= most) break;
      all.delete(oldest);
    }
    const kept = await made.catch((error: unknown) => {
      all.delete(key);
      throw error;
    });
    if (kept === undefined) all.delete(key);
    return kept;
  };
}
