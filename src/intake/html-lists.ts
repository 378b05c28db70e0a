import type { DefaultTreeAdapterTypes as Tree } from 'parse5';
import { chineseNumeral, numberOf } from '../domain/numerals.ts';
import { attributeOf, numberIn, styleOf } from './html-tree.ts';
import { roman } from './roman.ts';

/** A list that is open, and the number its next item gets. */
export interface List {
  readonly style: string;
  readonly step: 1 | -1;
  next: number;
}

/** Begins a list; an `ul` counts, too, in case its style shows numbers. */
export function openList(list: Tree.Element): List {
  const reversed = attributeOf(list, 'reversed') !== null;
  const items = reversed ? list.childNodes.filter((each) => each.nodeName === 'li').length : 1;
  return {
    style: styleIn(list) ?? (list.tagName === 'ol' ? 'decimal' : 'none'),
    step: reversed ? -1 : 1,
    next: numberIn(list, 'start') ?? items,
  };
}

/** The number of the next item as it shows (`3. `, `c. `, `三、`), '' in a list without numbers; counts on. */
export function nextNumber(list: List, item: Tree.Element): { label: string; value: number } {
  const value = numberIn(item, 'value') ?? list.next;
  list.next = value + list.step;
  return { label: labelOf(styleIn(item) ?? list.style, value), value };
}

/** True when an item's text begins with its number: `3、`, `（三）`, `第三条`, `c)`. */
export function isTypedNumber(text: string, value: number): boolean {
  const start = text.slice(0, 12).replace(/^[（(第]/, '');
  const numeral =
    /^[^\s.．、:：)）\]】编編章节節条條款项項]{1,6}(?=[\s.．、)）\]】编編章节節条條款项項])/.exec(start)?.[0];
  if (numeral === undefined) return false;
  return [numberOf(numeral), letterNumber(numeral)].includes(value);
}

const types: Readonly<Record<string, string>> = {
  '1': 'decimal',
  a: 'lower-alpha',
  i: 'lower-roman',
  disc: 'none',
  circle: 'none',
  square: 'none',
};

function styleIn(element: Tree.Element): string | null {
  const style = styleOf(element, 'list-style-type') || styleOf(element, 'list-style').split(/[\s;]/, 1)[0];
  if (style) return types[style] ?? style;
  const type = element.attrs.find((each) => each.name === 'type')?.value.trim() ?? '';
  if (type === 'A') return 'upper-alpha';
  if (type === 'I') return 'upper-roman';
  return types[type.toLowerCase()] ?? null;
}

function labelOf(style: string, value: number): string {
  if (style === 'none') return '';
  if (/^(lower|upper)-(alpha|latin)$/.test(style) && value > 0) return `${cased(style, letters(value))}. `;
  const numeral = /^(lower|upper)-roman$/.test(style) ? roman(value) : null;
  if (numeral !== null) return `${cased(style, numeral)}. `;
  if (isChinese(style) && value >= 0 && value <= 9999) return `${chineseNumeral(value)}、`;
  return style === 'decimal-leading-zero' ? `${String(value).padStart(2, '0')}. ` : `${value}. `;
}

function isChinese(style: string): boolean {
  return /^(cjk-ideographic|cjk-decimal|(simp|trad)-chinese-(informal|formal))$/.test(style);
}

function cased(style: string, text: string): string {
  return style.startsWith('upper') ? text.toUpperCase() : text;
}

function letters(value: number): string {
  let text = '';
  for (let rest = value; rest > 0; rest = Math.floor((rest - 1) / 26))
    text = String.fromCharCode(97 + ((rest - 1) % 26)) + text;
  return text;
}

function letterNumber(letter: string): number | null {
  return /^[a-zA-Z]$/.test(letter) ? letter.toLowerCase().charCodeAt(0) - 96 : null;
}
