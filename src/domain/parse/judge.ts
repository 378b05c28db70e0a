import { aheadIndex } from './ahead.ts';
import { judgeArticle, lastPlaces } from './articles.ts';
import { judgeHeading } from './headings.ts';
import { isHeadingShape, type Label } from './labels.ts';
import { judgeList } from './lists.ts';
import { type Sequence, textVerdict, type Verdict } from './sequence.ts';
import type { Unit } from './units.ts';

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

function judgeOne(sequence: Sequence, label: Label, index: number): Verdict {
  if (isHeadingShape(label.shape)) return judgeHeading(sequence, label);
  if (label.shape === 'article') return judgeArticle(sequence, label, index);
  return judgeList(sequence, label, index);
}
