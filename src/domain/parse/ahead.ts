import { isHeadingShape, type LabelShape } from './labels.ts';
import type { Unit } from './units.ts';

/** Where the labels of a document stand, for looking ahead in constant time. */
export interface AheadIndex {
  /** For each shape and number the units that begin with it, in order. */
  readonly places: ReadonlyMap<string, readonly number[]>;
  /** For each unit the next one behind it that begins with an article or a heading. */
  readonly bounds: readonly number[];
}

/** Indexes the labels of some units. */
export function aheadIndex(units: readonly Unit[]): AheadIndex {
  const places = new Map<string, number[]>();
  const bounds: number[] = new Array(units.length);
  let bound = units.length;
  for (let index = units.length - 1; index >= 0; index -= 1) {
    const label = units[index]?.label;
    bounds[index] = bound;
    if (!label) continue;
    const key = keyOf(label.shape, label.number);
    const known = places.get(key);
    if (known) known.push(index);
    else places.set(key, [index]);
    if (label.shape === 'article' || isHeadingShape(label.shape)) bound = index;
  }
  for (const known of places.values()) known.reverse();
  return { places, bounds };
}

/** True when a label with the shape and number comes behind the unit, before an article or heading closes the list. */
export function isAhead(ahead: AheadIndex, shape: LabelShape, number: number, index: number): boolean {
  const places = ahead.places.get(keyOf(shape, number)) ?? [];
  const next = places[firstAbove(places, index)];
  return next !== undefined && next <= (ahead.bounds[index] ?? 0);
}

/** The place in a rising list of the first value above `index`; its length when there is none. */
export function firstAbove(places: readonly number[], index: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle] ?? 0) > index) high = middle;
    else low = middle + 1;
  }
  return low;
}

function keyOf(shape: LabelShape, number: number): string {
  return `${shape} ${number}`;
}
