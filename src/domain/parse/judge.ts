import { aheadIndex } from './ahead.ts';
import { judgeArticle, lastPlaces } from './articles.ts';
import { judgeHeading } from './headings.ts';
import { isHeadingShape, type Label } from './labels.ts';
import { inArticle, judgeList } from './lists.ts';
import { type Sequence, textVerdict, type Verdict } from './sequence.ts';
import type { ParseSettings } from './settings.ts';
import type { Unit } from './units.ts';

/**
 * Judges the labels of one document in order: a label is accepted when it is the first of a new list,
 * the next of an open one, or the next across parents. One verdict for each unit.
 */
export function judgeLabels(units: readonly Unit[], family: ParseSettings['family']): Verdict[] {
  const sequence: Sequence = {
    units,
    ahead: aheadIndex(units),
    open: [],
    last: new Map(),
    textSince: false,
    lastArticles: lastPlaces(units),
  };
  return units.map((unit, index) => {
    const verdict = unit.label ? judgeOne(sequence, unit.label, index, family) : textVerdict(false);
    if (!unit.paragraph.rows) sequence.textSince = verdict.level === null;
    return verdict;
  });
}

function judgeOne(sequence: Sequence, label: Label, index: number, family: ParseSettings['family']): Verdict {
  if (isHeadingShape(label.shape)) return judgeHeading(sequence, label);
  if (label.shape === 'article') return judgeArticle(sequence, label, index);
  if (family === 'law' && !inArticle(sequence)) return textVerdict(false);
  return judgeList(sequence, label, index);
}
