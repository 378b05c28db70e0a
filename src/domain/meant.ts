/** Some of the comments that a deed is meant for: those in one state, how many, and the hash of them and their latest deeds. */
export interface MeantPart<S> {
  readonly state: S;
  readonly comments: number;
  readonly hash: string;
}

/** The comments that a deed is meant for, without each of them. */
export interface Meant<S> {
  readonly comments: number;
  readonly byState: ReadonlyMap<S, number>;
  /** What the set is known by: another comment in it, or another deed done to one, gives another. */
  readonly mark: string;
}

/** Adds parts up, in whatever order. */
export function meantIn<S>(parts: readonly MeantPart<S>[]): Meant<S> {
  const byState = new Map<S, number>();
  for (const { state, comments } of parts) byState.set(state, (byState.get(state) ?? 0) + comments);
  const comments = parts.reduce((sum, part) => sum + part.comments, 0);
  const hash = parts.reduce((all, part) => all ^ BigInt(part.hash), 0n);
  return { comments, byState, mark: markOf(comments, String(hash)) };
}

/** The mark of so many comments, by the hash of all of them. */
export function markOf(comments: number, hash: string): string {
  return `${comments}.${hash}`;
}
