import { foldedText } from '../versions/fold.ts';
import { mixed } from './signature.ts';

/** A comment as it is compared, with its folded words; `clause` is 0 for the whole draft. */
export interface Comparable {
  readonly id: number;
  readonly clause: number;
  readonly stance: string;
  readonly words: string;
}

/** What is compared of a comment: more of a long one would take memory and tell no more. */
const longestCompared = 1_000;
/** A text of fewer letters says little without its clause and stance: it is compared with those of the same alone. */
const fewestLetters = 20;
/** Characters that are kept of all texts together, 200 MB: later texts are known by a short mark, and only as a whole. */
const mostCharacters = 100_000_000;

/** Words without what only typing makes different: width, case, space, punctuation. */
export function foldedWords(text: string): string {
  return foldedText(text)
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, '');
}

/** A text that one comment or several say. */
export interface DistinctText {
  /** Null where too many texts came before it: it is the same as another or is not. */
  readonly words: string | null;
  /** Clause and stance of a short text, as a number; 0 for others, which may stand at several. */
  readonly place: number;
  count: number;
  /** The smallest id of those comments. */
  first: number;
  /** What they are on: one clause, or several. */
  clauses: number | Set<number>;
}

/** Texts of comments, the commonest first; in the same order however the comments come. */
export interface DistinctTexts {
  readonly texts: readonly DistinctText[];
  /** Each comment with the place of its text among them. */
  comments(): Iterable<{ readonly id: number; readonly text: number }>;
  /** A mark that other comments, or the same on other clauses, would not have. */
  readonly mark: string;
}

/** Takes comments one by one and keeps each text once. Empty ones are left out. */
export interface TextCollector {
  add(comment: Comparable): void;
  collected(): DistinctTexts;
}

/** A collector that keeps the words of at most so many characters. */
export function textCollector(most = mostCharacters): TextCollector {
  const known = new Map<string, number>();
  const places = new Map<string, number>();
  const texts: DistinctText[] = [];
  const [ids, textOf]: [number[], number[]] = [[], []];
  let [left, said] = [most, 0];
  const placeOf = ({ clause, stance, words }: Comparable) => {
    if (words.length >= fewestLetters) return 0;
    const name = `${clause} ${stance}`;
    const place = places.get(name) ?? places.size + 1;
    places.set(name, place);
    return place;
  };
  const textFor = (comment: Comparable) => {
    const place = placeOf(comment);
    const key = place > 0 ? `${comment.words} ${place}` : keyOf(comment.words);
    const isKept = left >= key.length;
    const short = isKept ? key : shortKey(key);
    const found = known.get(key) ?? known.get(short);
    if (found !== undefined) return found;
    known.set(short, texts.length);
    if (isKept) left -= key.length;
    const words = isKept ? key.slice(0, Math.min(comment.words.length, longestCompared)) : null;
    const { id, clause } = comment;
    return texts.push({ words, place, count: 0, first: id, clauses: clause }) - 1;
  };
  const add = (comment: Comparable) => {
    if (comment.words === '') return;
    const at = textFor(comment);
    note(texts[at] as DistinctText, comment);
    said = (said + mixed(mixed(comment.id ^ hashOf(comment.words, 0)) + comment.clause)) >>> 0;
    ids.push(comment.id);
    textOf.push(at);
  };
  const collected = () => {
    const { mark, ...distinct } = inOrder(texts, ids, textOf);
    return { ...distinct, mark: `${mark}.${said}` };
  };
  return { add, collected };
}

function note(text: DistinctText, { id, clause }: Comparable): void {
  text.count += 1;
  text.first = Math.min(text.first, id);
  if (text.clauses === clause) return;
  if (typeof text.clauses === 'number') text.clauses = new Set([text.clauses]);
  text.clauses.add(clause);
}

function inOrder(
  texts: readonly DistinctText[],
  ids: readonly number[],
  textOf: readonly number[],
): DistinctTexts {
  const order = [...texts.keys()].sort((one, other) => {
    const [a, b] = [texts[one] as DistinctText, texts[other] as DistinctText];
    return b.count - a.count || a.first - b.first;
  });
  const places = new Int32Array(texts.length);
  for (const [place, text] of order.entries()) places[text] = place;
  const comments = function* () {
    for (const [at, id] of ids.entries()) yield { id, text: places[textOf[at] as number] as number };
  };
  return { texts: order.map((at) => texts[at] as DistinctText), comments, mark: markOf(comments()) };
}

// Whatever order the comments come in.
function markOf(comments: Iterable<{ readonly id: number; readonly text: number }>): string {
  let [count, sum, others] = [0, 0, 0];
  for (const { id, text } of comments) {
    const hash = mixed(mixed(id) + text);
    count += 1;
    sum = (sum + hash) >>> 0;
    others = (others + mixed(hash ^ 0x5bd1e995)) >>> 0;
  }
  return `1.${count}.${sum}.${others}`;
}

// A slice alone would keep the whole text in memory.
function keyOf(words: string): string {
  if (words.length <= longestCompared) return words;
  const rest = hashOf(words, 0, longestCompared);
  return `${Array.from(words.slice(0, longestCompared)).join('')} ${words.length} ${rest}`;
}

function shortKey(key: string): string {
  return `#${key.length} ${hashOf(key, 0)} ${hashOf(key, 0x9e3779b9)}`;
}

function hashOf(text: string, seed: number, from = 0): number {
  let hash = seed;
  for (let at = from; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return seed === 0 ? hash : mixed(hash);
}
