import type { Level, OutlineWarning } from '../outline.ts';
import type { AheadIndex } from './ahead.ts';
import { type Label, type LabelShape, rankOf } from './labels.ts';
import type { Unit } from './units.ts';

/** What the sequence says of a unit's label. */
export interface Verdict {
  /** Null when the words are text and not a label. */
  readonly level: Level | null;
  /** True when the label is the next of a list that stood open before it. */
  readonly continues: boolean;
  readonly doubt: OutlineWarning['key'] | null;
}

/** A label that has been accepted and whose list may go on. */
export interface OpenLabel {
  readonly shape: LabelShape;
  readonly number: number;
  readonly branch: number;
}

/** Where the reading of one document stands. */
export interface Sequence {
  readonly units: readonly Unit[];
  /** Accepted labels that enclose what comes next, the outermost first. */
  readonly open: OpenLabel[];
  /** The last accepted label of each shape, closed or not. */
  readonly last: Map<LabelShape, OpenLabel>;
  /** True when text stood between the last accepted label and this one. */
  textSince: boolean;
  readonly ahead: AheadIndex;
  /** The last unit in which an article number occurs. */
  readonly lastArticles: ReadonlyMap<number, number>;
}

const plain: Verdict = { level: null, continues: false, doubt: null };
const doubtful: Verdict = { ...plain, doubt: 'doubtfulLabel' };

/** A verdict for words that only look like a label; `doubt` true asks the officer to look. */
export function textVerdict(doubt: boolean): Verdict {
  return doubt ? doubtful : plain;
}

/** Enters an accepted label: it closes what is of its own rank or below. */
export function enter(sequence: Sequence, label: Label): void {
  const rank = rankOf(label.shape);
  while (sequence.open.length > 0 && rankOfTop(sequence) >= rank) sequence.open.pop();
  sequence.open.push(label);
  sequence.last.set(label.shape, label);
}

function rankOfTop(sequence: Sequence): number {
  const top = sequence.open.at(-1);
  return top ? rankOf(top.shape) : -1;
}
