import type { Found } from './find.ts';
import type { ComparedPart } from './leaders.ts';

/** A comment as it was sent, for comparing; `clause` is 0 for the whole draft. */
export interface SentComment {
  readonly id: number;
  readonly clause: number;
  readonly stance: string;
  readonly text: string;
}

/** Comments of a search: all of them portion by portion, and the texts of some again, in the order of their ids. */
export interface SentComments {
  readonly portions: AsyncIterable<readonly SentComment[]>;
  texts(ids: readonly number[]): Promise<readonly string[]>;
}

/** Where a search keeps what it has compared, so that whoever takes it over goes on from there. */
export interface SearchNotes {
  /** What was kept for exactly these comments, from the first text on; `mark` says which they are. */
  kept(mark: string): Promise<readonly number[]>;
  /** Keeps a further part; parts come in their order, beside the comparing. */
  keep(part: ComparedPart): void;
}

/** Finds groups of alike comments without keeping others waiting: folds and compares in a place of its own. */
export interface Grouper {
  /**
   * Takes comments portion by portion and the words of the clauses, then compares; the texts it reads again meanwhile,
   * and keeps no more of them than `Room` says. Throws an Error when it ran out of memory or ended.
   */
  find(comments: SentComments, clauses: ReadonlyMap<number, string>, notes: SearchNotes): Promise<Found>;
}
