import type { Level } from '../outline.ts';
import { isAhead } from './ahead.ts';
import { isListShape, type Label, type LabelShape } from './labels.ts';
import { enter, type OpenLabel, type Sequence, textVerdict, type Verdict } from './sequence.ts';

/** Levels of lists under an article, by depth. */
const listLevels = ['subparagraph', 'item', 'subitem', 'point'] as const;

/** Levels of official documents, by the shape of the label. */
const documentLevels: Partial<Record<LabelShape, Level>> = {
  comma: 'h1',
  bracket: 'h2',
  point: 'h3',
  digitBracket: 'h4',
  halfBracket: 'h5',
  circle: 'h5',
};

/** Judges 一、 （一） 1. （1） 1） ① ——. */
export function judgeList(sequence: Sequence, label: Label, index: number): Verdict {
  if (label.shape === 'dash') return judgeDash(sequence, index);
  const sibling = sequence.open.find((open) => open.shape === label.shape);
  if (sibling && label.number === sibling.number + 1) return accept(sequence, label, true, null);
  if (label.number === 1) return begin(sequence, label, index);
  if (sibling) return acceptGap(sequence, label, sibling, index);
  return acceptAcross(sequence, label, index);
}

/**
 * A new list. Behind a paragraph of an article that is not the middle of an open list, it belongs to that
 * paragraph, so the lists before it are closed.
 */
function begin(sequence: Sequence, label: Label, index: number): Verdict {
  const inner = sequence.open.find((open) => isListShape(open.shape));
  if (
    sequence.textSince &&
    inArticle(sequence) &&
    inner &&
    !isAhead(sequence.ahead, inner.shape, inner.number + 1, index)
  )
    while (isListShape(sequence.open.at(-1)?.shape ?? 'part')) sequence.open.pop();
  return accept(sequence, label, false, null);
}

/** One or two numbers left out are accepted when they do not come later; the same number twice likewise. */
function acceptGap(sequence: Sequence, label: Label, sibling: OpenLabel, index: number): Verdict {
  const missing = isAhead(sequence.ahead, label.shape, sibling.number + 1, index);
  const skipped = label.number - sibling.number;
  if (missing || skipped > 3 || skipped < 0) return textVerdict(true);
  if (skipped === 0 && !isAhead(sequence.ahead, label.shape, sibling.number + 2, index))
    return textVerdict(true);
  return accept(sequence, label, true, 'gapInNumbers');
}

/** In official documents a level may run on through its parents: （七） first under 三、. */
function acceptAcross(sequence: Sequence, label: Label, index: number): Verdict {
  const last = sequence.last.get(label.shape);
  if (inArticle(sequence)) return textVerdict(true);
  if (last && label.number === last.number + 1) return accept(sequence, label, false, null);
  const from = last?.number ?? 0;
  const near = label.number > from && label.number <= from + 3;
  const gap =
    near &&
    !isAhead(sequence.ahead, label.shape, from + 1, index) &&
    !isAhead(sequence.ahead, label.shape, 1, index);
  return gap ? accept(sequence, label, false, 'gapInNumbers') : textVerdict(true);
}

/** —— begins an entry when another one stands next to it. */
function judgeDash(sequence: Sequence, index: number): Verdict {
  const { units, open } = sequence;
  const beside = [units[index - 1], units[index + 1]].some((unit) => unit?.label?.shape === 'dash');
  const top = open.findLast((one) => one.shape !== 'dash');
  if (!beside || !top || inArticle(sequence)) return textVerdict(false);
  const depth = Number((documentLevels[top.shape] ?? 'h0').slice(1)) + 1;
  return depth > 5 ? textVerdict(false) : { level: `h${depth}` as Level, continues: false, doubt: null };
}

function accept(sequence: Sequence, label: Label, continues: boolean, doubt: Verdict['doubt']): Verdict {
  enter(sequence, label);
  return { level: levelOf(sequence, label), continues, doubt };
}

function levelOf(sequence: Sequence, label: Label): Level {
  const article = sequence.open.findIndex((open) => open.shape === 'article');
  if (article < 0) return documentLevels[label.shape] ?? 'h5';
  return listLevels[Math.min(sequence.open.length - article - 2, listLevels.length - 1)] ?? 'point';
}

/** True when an article is open: lists belong to it then. */
export function inArticle(sequence: Sequence): boolean {
  return sequence.open.some((open) => open.shape === 'article');
}
