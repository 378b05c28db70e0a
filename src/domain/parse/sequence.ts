import type { Level, OutlineWarning } from '../outline.ts';
import { type AheadIndex, aheadIndex } from './ahead.ts';
import { judgeArticle, lastPlaces } from './articles.ts';
import { judgeHeading } from './headings.ts';
import { isHeadingShape, type Label, type LabelShape, rankOf } from './labels.ts';
import { judgeList } from './lists.ts';
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

/** A verdict for words that only look like a label; `doubt` true asks the officer to look. */
export function textVerdict(doubt: boolean): Verdict {
  return { level: null, continues: false, doubt: doubt ? 'doubtfulLabel' : null };
}

/**
 * Judges the labels of one document in order: a label is accepted when it is the first of a new list,
 * the next of an open one, or the next across parents. One verdict for each unit.
 */
export function judgeLabels(units: readonly Unit[]): Verdict[] {
  const sequence: Sequence = {
    units,
    ahead: aheadIndex(units),
    open: [],
    last: new Map(),
    textSince: false,
    lastArticles: lastPlaces(units),
  };
  return units.map((unit, index) => {
    const verdict = unit.label ? judgeOne(sequence, unit.label, index) : textVerdict(false);
    sequence.textSince = verdict.level === null;
    return verdict;
  });
}

/** Enters an accepted label: it closes what is of its own rank or below. */
export function enter(sequence: Sequence, label: Label): void {
  const rank = rankOf(label.shape);
  while (sequence.open.length > 0 && rankOfTop(sequence) >= rank) sequence.open.pop();
  sequence.open.push(label);
  sequence.last.set(label.shape, label);
}

function judgeOne(sequence: Sequence, label: Label, index: number): Verdict {
  if (isHeadingShape(label.shape)) return judgeHeading(sequence, label);
  if (label.shape === 'article') return judgeArticle(sequence, label, index);
  return judgeList(sequence, label, index);
}

function rankOfTop(sequence: Sequence): number {
  const top = sequence.open.at(-1);
  return top ? rankOf(top.shape) : -1;
}
