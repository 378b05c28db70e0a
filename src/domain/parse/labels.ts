import { numberOf, numeralCharacters } from '../numerals.ts';
import { startsWithOneOf } from './starters.ts';

/** The shapes a label can have, from the outermost to the innermost. */
export const labelShapes = [
  'part', // 第一编
  'subpart', // 第一分编
  'chapter', // 第一章, 附则
  'section', // 第一节
  'subsection', // 第一款, as a heading
  'division', // 第一目, as a heading
  'article', // 第一条, 第 12-1 條, 第十二条之一
  'comma', // 一、
  'bracket', // （一）
  'point', // 1.
  'digitBracket', // （1）
  'halfBracket', // 1）
  'circle', // ①
  'dash', // ——
] as const;
export type LabelShape = (typeof labelShapes)[number];

/** What a line begins with when it begins like a label; whether it is one, only its sequence tells. */
export interface Label {
  readonly shape: LabelShape;
  /** 12 in 第十二条之一; 0 for a label without a number. */
  readonly number: number;
  /** 1 in 第十二条之一; 0 without 之. */
  readonly branch: number;
  /** As typed. */
  readonly words: string;
  /** True when space or the end of the line follows. */
  readonly spaced: boolean;
  /** What follows, without leading space. */
  readonly rest: string;
}

const numeral = `[${numeralCharacters}]{1,9}`;
const spacedNumeral = `[${numeralCharacters}](?:\\s{0,3}[${numeralCharacters}]){0,8}`;
const stops = '[.．、﹒]';

const ordinal = new RegExp(
  `^第\\s{0,3}(${spacedNumeral})\\s{0,3}(?:[-－—]\\s{0,2}(\\d{1,3})\\s{0,3})?` +
    `(分\\s{0,2}[编編]|[编編篇]|章|[节節]|款|目|[条條])(?:\\s{0,2}之\\s{0,2}(${numeral})(?![项項款条條]))?`,
);
const ordinalShapes: readonly [RegExp, LabelShape][] = [
  [/^分/, 'subpart'],
  [/^[编編篇]/, 'part'],
  [/^章/, 'chapter'],
  [/^[节節]/, 'section'],
  [/^款/, 'subsection'],
  [/^目/, 'division'],
  [/^[条條]/, 'article'],
];

const listShapes: readonly [RegExp, LabelShape][] = [
  [new RegExp(`^([${numeralCharacters.replace(/[0-9０-９]/g, '')}]{1,7})\\s?[、﹑]`), 'comma'],
  [
    new RegExp(`^[（(]\\s{0,3}([${numeralCharacters.replace(/[0-9０-９]/g, '')}]{1,7})\\s{0,3}[)）]`),
    'bracket',
  ],
  [/^[（(]\s{0,3}([0-9０-９]{1,3})\s{0,3}[)）]/, 'digitBracket'],
  [new RegExp(`^([0-9０-９]{1,3})\\s?${stops}(?![0-9０-９])`), 'point'],
  [/^([0-9]{1,3})[.．、](?=(?:19|20)\d\d[年-])/, 'point'],
  [/^([0-9０-９]{1,2})[)）]/, 'halfBracket'],
];

/** Ready-made signs: first code point, how many follow on, shape. */
const signs: readonly [number, number, LabelShape][] = [
  [0x2460, 20, 'circle'],
  [0x3251, 15, 'circle'],
  [0x2474, 20, 'digitBracket'],
  [0x2488, 20, 'point'],
  [0x3220, 10, 'bracket'],
];

/** Every character a label can begin with. */
const opens = startsWithOneOf(`第（(附—－─-${numeralCharacters}${signs.map(signsOf).join('')}`);

/** Reads the label a line begins with; null when it does not begin like one. Looks at the first 60 characters. */
export function readLabel(text: string): Label | null {
  if (!opens(text)) return null;
  const head = text.slice(0, 60);
  return readOrdinal(head, text) ?? readList(head, text) ?? readSign(text) ?? readWord(text);
}

/** Rank of a shape, 0 the outermost. */
export function rankOf(shape: LabelShape): number {
  return labelShapes.indexOf(shape);
}

/** True for the shapes that stand above articles: 编, 分编, 章, 节, 款, 目. */
export function isHeadingShape(shape: LabelShape): boolean {
  return rankOf(shape) < rankOf('article');
}

/** True for the shapes of list labels: 一、 （一） 1. （1） 1） ① ——. */
export function isListShape(shape: LabelShape): boolean {
  return rankOf(shape) > rankOf('article');
}

function signsOf([first, count]: (typeof signs)[number]): string {
  return Array.from({ length: count }, (_, index) => String.fromCharCode(first + index)).join('');
}

function readOrdinal(head: string, text: string): Label | null {
  const match = ordinal.exec(head);
  const number = numberOf(match?.[1] ?? '');
  if (!match || number === null) return null;
  const shape = ordinalShapes.find(([unit]) => unit.test(match[3] ?? ''))?.[1] ?? 'article';
  const branch = numberOf(match[2] ?? match[4] ?? '') ?? 0;
  return labelOf(text, match[0].length, shape, number, branch);
}

function readList(head: string, text: string): Label | null {
  for (const [pattern, shape] of listShapes) {
    const match = pattern.exec(head);
    const number = numberOf(match?.[1] ?? '');
    if (match && number !== null && number > 0) return labelOf(text, match[0].length, shape, number, 0);
  }
  return null;
}

function readSign(text: string): Label | null {
  const code = text.charCodeAt(0);
  const sign = signs.find(([first, count]) => code >= first && code < first + count);
  if (!sign) return null;
  const number = code - sign[0] + (sign[0] === 0x3251 ? 21 : 1);
  const stop = /^.[.、．]/.test(text) ? 2 : 1;
  return labelOf(text, stop, sign[2], number, 0);
}

function readWord(text: string): Label | null {
  const closing = /^附\s{0,6}[则則]$/.exec(text);
  if (closing) return labelOf(text, text.length, 'chapter', 0, 0);
  const dash = /^(?:——|－－|--|──)(?=[\p{Script=Han}“「])/u.exec(text.slice(0, 4));
  return dash ? labelOf(text, dash[0].length, 'dash', 0, 0) : null;
}

function labelOf(text: string, length: number, shape: LabelShape, number: number, branch: number): Label {
  const after = text.slice(length);
  const rest = after.trimStart();
  const spaced = rest === '' || rest.length < after.length;
  return { shape, number, branch, words: text.slice(0, length).trim(), spaced, rest };
}
