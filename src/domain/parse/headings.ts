import type { Level } from '../outline.ts';
import { isHeadingShape, type Label } from './labels.ts';
import { enter, type OpenLabel, type Sequence, textVerdict, type Verdict } from './sequence.ts';

/** Judges 编, 分编, 章, 节, 款, 目 and 附则: accepted by their look; a number out of turn is doubted. */
export function judgeHeading(sequence: Sequence, label: Label): Verdict {
  if (label.number === 0) return judgeClosing(sequence, label);
  if (needsParent(label) && !sequence.open.some((open) => isHeadingShape(open.shape)))
    return textVerdict(true);
  const doubt = doubtOf(sequence, label);
  enter(sequence, label);
  return { level: label.shape as Level, continues: false, doubt };
}

/** 款 and 目 stand under a heading; elsewhere the words refer to a paragraph of an article. */
function needsParent(label: Label): boolean {
  return label.shape === 'subsection' || label.shape === 'division';
}

/** 附则 without a number stands on the level of the outermost headings. */
function judgeClosing(sequence: Sequence, label: Label): Verdict {
  const outermost = sequence.open.find((open) => isHeadingShape(open.shape));
  if (!outermost) return textVerdict(false);
  enter(sequence, { ...label, shape: outermost.shape });
  return { level: outermost.shape as Level, continues: false, doubt: null };
}

function doubtOf(sequence: Sequence, label: Label): Verdict['doubt'] {
  const sibling = sequence.open.find((open) => open.shape === label.shape);
  if (sibling)
    return isNext(sibling, label) ? null : label.number <= sibling.number ? 'lostChapter' : 'gapInNumbers';
  const last = sequence.last.get(label.shape);
  return label.number === 1 || (last && isNext(last, label)) ? null : 'gapInNumbers';
}

/** True when `label` is the number after `before`, or its first or next 之. */
export function isNext(before: OpenLabel, label: OpenLabel): boolean {
  if (label.number === before.number) return label.branch === before.branch + 1;
  return label.number === before.number + 1 && label.branch <= 1;
}
