import type { FoundGroup } from './find.ts';

/** A comment as it was sent, for comparing; `clause` is 0 for the whole draft. */
export interface SentComment {
  readonly id: number;
  readonly clause: number;
  readonly stance: string;
  readonly text: string;
}

/** Finds groups of alike comments without keeping others waiting: folds and compares in a place of its own. */
export interface Grouper {
  /**
   * Takes comments portion by portion and the words of the clauses, then compares; `onProgress` is told shares from 0
   * to 1. Throws an Error when it ran out of memory or ended.
   */
  find(
    portions: AsyncIterable<readonly SentComment[]>,
    clauses: ReadonlyMap<number, string>,
    onProgress: (share: number) => void,
  ): Promise<FoundGroup[]>;
}
