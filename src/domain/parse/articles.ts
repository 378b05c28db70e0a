import { isNext } from './headings.ts';
import type { Label } from './labels.ts';
import { enter, type Sequence, textVerdict, type Verdict } from './sequence.ts';
import type { Unit } from './units.ts';

/** For each article number the last unit that begins with it. */
export function lastPlaces(units: readonly Unit[]): Map<number, number> {
  const places = new Map<number, number>();
  for (const [index, { label }] of units.entries())
    if (label?.shape === 'article' && label.branch === 0) places.set(label.number, index);
  return places;
}

/** More numbers than this are not left out of a document. */
const farthestGap = 20;

/** Judges 第X条: articles run on through the whole document, whatever the chapter. */
export function judgeArticle(sequence: Sequence, label: Label, index: number): Verdict {
  const last = sequence.last.get('article');
  const regular = last ? isNext(last, label) : label.number === 1;
  if (!regular && !isGap(sequence, label, index)) return textVerdict(label.spaced);
  enter(sequence, label);
  return { level: 'article', continues: false, doubt: regular ? null : 'gapInNumbers' };
}

/** A number further on is accepted when the missing one does not come later. */
function isGap(sequence: Sequence, label: Label, index: number): boolean {
  const last = sequence.last.get('article');
  const missing = (last?.number ?? 0) + 1;
  if (label.branch > 0 && label.number === last?.number) return label.branch > last.branch;
  if (label.number === last?.number) return isTwice(sequence, label, index);
  if (label.number <= missing - 1 || (last && label.number > missing + farthestGap)) return false;
  const later = (number: number) => (sequence.lastArticles.get(number) ?? -1) > index;
  const looksRight = label.spaced || /^[（(【〖]/.test(label.rest) || later(label.number + 1);
  return looksRight && !later(missing);
}

/** The same number twice stands for the next one when that is missing and the one after is there. */
function isTwice(sequence: Sequence, label: Label, index: number): boolean {
  const later = (number: number) => (sequence.lastArticles.get(number) ?? -1) > index;
  return label.spaced && label.branch === 0 && !later(label.number + 1) && later(label.number + 2);
}
