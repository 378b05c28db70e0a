import { isDateLine, isDocumentNumber, isTitleLine } from './front.ts';
import { isHeadingShape } from './labels.ts';
import type { Unit } from './units.ts';

/**
 * Divides a paste of several documents: where 第一条 or 一、 stands again behind a title, a new document has begun.
 * The units of each document, title included, in order.
 */
export function documentsOf(units: readonly Unit[]): (readonly Unit[])[] {
  const starts = [0];
  let highest = { article: 0, comma: 0 };
  for (const [index, { label }] of units.entries()) {
    if (label?.shape !== 'article' && label?.shape !== 'comma') continue;
    const begins =
      label.number === 1 && highest[label.shape] >= 2 && !(label.shape === 'comma' && highest.article > 0);
    const start = begins ? frontStart(units, index, starts.at(-1) ?? 0) : null;
    if (start !== null) {
      starts.push(start);
      highest = { article: 0, comma: 0 };
    }
    if (label.number === highest[label.shape] + 1) highest[label.shape] = label.number;
  }
  if (starts.length === 1) return [units];
  return starts.map((start, index) => units.slice(start, starts[index + 1]));
}

/** Where the document begins whose first label is at `index`; null when no title stands before it. */
function frontStart(units: readonly Unit[], index: number, least: number): number | null {
  let end = index;
  while (end > least && isHeading(units[end - 1])) end -= 1;
  let start = end;
  while (start > least && !units[start - 1]?.label) start -= 1;
  const texts = units.slice(start, end).map((unit) => unit.paragraph.text);
  const title = titlePlace(texts, afterSignature(texts)) ?? titlePlace(texts, 0);
  return title === null ? null : start + title;
}

function titlePlace(texts: readonly string[], from: number): number | null {
  const place = texts.findIndex((text, index) => index >= from && isTitleLine(text) && !isDateLine(text));
  return place < 0 ? null : place;
}

function isHeading(unit: Unit | undefined): boolean {
  return unit?.label != null && isHeadingShape(unit.label.shape);
}

/** The lines up to the first date belong to the document before, unless they hold a document number. */
function afterSignature(texts: readonly string[]): number {
  const date = texts.findIndex((text) => isDateLine(text) && !/^[（(]/.test(text));
  return texts.slice(0, Math.max(0, date)).some(isDocumentNumber) ? 0 : date + 1;
}
