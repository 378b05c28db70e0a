import { isListShape, type Label, type LabelShape, readLabel } from './labels.ts';
import { type Paragraph, partOf } from './paragraphs.ts';
import { isReference } from './references.ts';

/** A paragraph, or the part of one that begins with its own label, with the label it may have. */
export interface Unit {
  readonly paragraph: Paragraph;
  readonly label: Label | null;
}

/** Shapes of lists that are found in the middle of a paragraph, the outermost first. */
const inlineShapes: readonly LabelShape[] = ['comma', 'bracket', 'point', 'digitBracket'];

const inlineStart =
  /[：:；;。，,﹔](?=\s{0,2}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]))/g;

/** Reads the label of each paragraph and cuts paragraphs that hold a whole list: …如下：（一）…；（二）…。 */
export function unitsOf(paragraphs: readonly Paragraph[]): Unit[] {
  let before = '';
  let quoted = false;
  return paragraphs.flatMap((paragraph) => {
    const units = quoted ? [{ paragraph, label: null }] : cutLists(unitOf(paragraph, before));
    quoted = staysQuoted(paragraph.text, quoted);
    before = paragraph.text;
    return units;
  });
}

function unitOf(paragraph: Paragraph, before: string): Unit {
  const label = readLabel(paragraph.text);
  return { paragraph, label: label && isReference(label, before) ? null : label };
}

/** Quoted articles open with “ in each paragraph and close only in the last; what is inside is nobody's label. */
function staysQuoted(text: string, quoted: boolean): boolean {
  const opens = /^[“「『]/.test(text);
  if (!quoted && !opens) return false;
  return !/[”」』][。；;，,]?$/.test(text.slice(-2));
}

function cutLists(unit: Unit): Unit[] {
  const places = inlineLabels(unit.paragraph.text);
  const list = places && longestList(places);
  if (!list) return [unit];
  const cuts = [0, ...list.map(({ offset }) => offset), unit.paragraph.text.length];
  return cuts.slice(1).flatMap((end, index) => {
    const paragraph = partOf(unit.paragraph, cuts[index] ?? 0, end);
    const part = { paragraph, label: index === 0 ? unit.label : readLabel(paragraph.text) };
    return index === 0 ? [part] : cutLists(part);
  });
}

interface Place {
  readonly offset: number;
  readonly label: Label;
  readonly mark: string;
}

function inlineLabels(text: string): Place[] | null {
  if (text.length > 20_000) return null;
  const places: Place[] = [];
  for (const match of text.matchAll(inlineStart)) {
    const label = readLabel(text.slice(match.index + 1, match.index + 80).trimStart());
    if (label && isListShape(label.shape) && !isReference(label, ''))
      places.push({ offset: match.index + 1, label, mark: match[0] });
  }
  return places.length > 1 ? places : null;
}

/** A list begins with 1 behind a colon and goes on without a gap behind ； or 。 */
function longestList(places: readonly Place[]): Place[] | null {
  for (const shape of inlineShapes) {
    const list: Place[] = [];
    for (const place of places) {
      const fits = place.label.shape === shape && place.label.number === list.length + 1;
      const marked = list.length === 0 ? /[：:]/.test(place.mark) : /[；;。﹔，,]/.test(place.mark);
      if (fits && marked) list.push(place);
    }
    if (list.length > 1) return list;
  }
  return null;
}
