import { isListShape, type Label, type LabelShape, readLabel } from './labels.ts';
import { type Paragraph, partOf } from './paragraphs.ts';
import { isReference } from './references.ts';
import type { ParseSettings } from './settings.ts';

/** A paragraph, or the part of one that begins with its own label, with the label it may have. */
export interface Unit {
  readonly paragraph: Paragraph;
  readonly label: Label | null;
}

/** Shapes of lists that are found in the middle of a paragraph, the outermost first. */
const inlineShapes: readonly LabelShape[] = ['comma', 'bracket', 'point', 'digitBracket'];

/** Longer and shorter paragraphs are left whole. */
const longestCut = 20_000;
const shortestCut = 8;

/** How many paragraphs ahead the next entry of a list is looked for. */
const farthestAhead = 12;

const inlineStart =
  /[：:；;。，,﹔](?=\s{0,2}(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|\d{1,2}[.．、]))/g;

/** Reads the label of each paragraph and cuts paragraphs that hold a list: …如下：（一）…；（二）…。 */
export function unitsOf(paragraphs: readonly Paragraph[], family: ParseSettings['family']): Unit[] {
  if (family === 'none') return paragraphs.map((paragraph) => ({ paragraph, label: null }));
  const units: Unit[] = [];
  let before = '';
  let quoted = false;
  for (const [index, paragraph] of paragraphs.entries()) {
    const unit = quoted ? { paragraph, label: null } : unitOf(paragraph, before, family);
    if (quoted || !mayHoldList(paragraph.text)) units.push(unit);
    else units.push(...cutLists(unit, labelsAhead(paragraphs, index)));
    quoted = staysQuoted(paragraph.text, quoted);
    before = paragraph.text;
  }
  return units;
}

function mayHoldList(text: string): boolean {
  return text.length >= shortestCut && text.length <= longestCut;
}

function unitOf(paragraph: Paragraph, before: string, family: ParseSettings['family']): Unit {
  const label = readLabel(paragraph.text);
  const counts = label && (family !== 'official' || isListShape(label.shape));
  return { paragraph, label: counts && !isReference(label, before) ? label : null };
}

/** Quoted articles open with “ in each paragraph and close only in the last; what is inside is nobody's label. */
function staysQuoted(text: string, quoted: boolean): boolean {
  if (!quoted && !(/^[“「『]/.test(text) && openQuotes(text, text.length) > 0)) return false;
  return !/[”」』][。；;，,]?$/.test(text.slice(-2));
}

/** How many quotations are open at a place of a text, of which so many were at a place before it. */
function openQuotes(text: string, end: number, from = 0, openBefore = 0): number {
  let open = openBefore;
  for (let index = from; index < end; index += 1) {
    if ('“「『'.includes(text.charAt(index))) open += 1;
    else if (open > 0 && '”」』'.includes(text.charAt(index))) open -= 1;
  }
  return open;
}

/** Tells whether a list goes on with a number at the start of one of the next paragraphs, before it begins again. */
type Ahead = (shape: LabelShape, number: number) => boolean;

function labelsAhead(paragraphs: readonly Paragraph[], index: number): Ahead {
  return (shape, number) => {
    for (const { text } of paragraphs.slice(index + 1, index + 1 + farthestAhead)) {
      const label = readLabel(text);
      if (label?.shape === shape) return label.number === number;
      if (label && !isListShape(label.shape)) return false;
    }
    return false;
  };
}

/** Cuts a unit where a list begins, or goes on, in its middle. */
function cutLists(unit: Unit, ahead: Ahead): Unit[] {
  const places = inlineLabels(unit.paragraph.text);
  const list = places.length > 0 ? listIn(places, unit.label, ahead) : null;
  if (!list) return [unit];
  const cuts = [0, ...list.map(({ offset }) => offset), unit.paragraph.text.length];
  return cuts.slice(1).flatMap((end, index) => {
    const paragraph = partOf(unit.paragraph, cuts[index] ?? 0, end);
    const part = { paragraph, label: index === 0 && !unit.label ? null : readLabel(paragraph.text) };
    return index === 0 ? [part] : cutLists(part, end === cuts.at(-1) ? ahead : () => false);
  });
}

interface Place {
  readonly offset: number;
  readonly label: Label;
  readonly mark: string;
}

function inlineLabels(text: string): Place[] {
  const places: Place[] = [];
  let [open, from] = [0, 0];
  for (const match of text.matchAll(inlineStart)) {
    open = openQuotes(text, match.index, from, open);
    from = match.index;
    if (open > 0) continue;
    const label = readLabel(text.slice(match.index + 1, match.index + 80).trimStart());
    if (label && isListShape(label.shape) && !isReference(label, ''))
      places.push({ offset: match.index + 1, label, mark: match[0] });
  }
  return places;
}

/**
 * A list begins with 1 behind a colon, or goes on from the paragraph's own label, without a gap behind ； or 。
 * One entry alone is a list when the next paragraphs go on with it.
 */
function listIn(places: readonly Place[], own: Label | null, ahead: Ahead): Place[] | null {
  for (const shape of inlineShapes) {
    const before = own?.shape === shape && shape === 'bracket' ? own.number : 0;
    const list: Place[] = [];
    for (const place of places) {
      const fits = place.label.shape === shape && place.label.number === before + list.length + 1;
      const marked = before + list.length === 0 ? /[：:]/.test(place.mark) : /[；;。﹔，,]/.test(place.mark);
      if (fits && marked) list.push(place);
    }
    const alone = list.length === 1 && (before > 0 || ahead(shape, 2));
    if (list.length > 1 || alone) return list;
  }
  return null;
}
