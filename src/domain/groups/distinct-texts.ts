import { foldedText } from '../versions/fold.ts';
import { numbering, packed } from './packed.ts';
import { mixed } from './signature.ts';

/** A comment as it is compared, with its folded words; `clause` is 0 for the whole draft. */
export interface Comparable {
  readonly id: number;
  readonly clause: number;
  readonly stance: string;
  readonly words: string;
}

/** A text of fewer letters says little without its clause and stance: it is compared with those of the same alone. */
const fewestLetters = 20;

/** Words without what only typing makes different: width, case, space, punctuation. */
export function foldedWords(text: string): string {
  return foldedText(text)
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, '');
}

/** A text that one comment or several say. Its words are not kept: a comment that says them is. */
export interface DistinctText {
  /** Clause and stance of a short text, as a number; 0 for others, which may stand at several. */
  readonly place: number;
  readonly count: number;
  /** The smallest id of those comments. */
  readonly first: number;
  /** What they are on, each clause once. */
  clauses(): Iterable<number>;
}

/** Texts of comments, the commonest first; in the same order however the comments come. */
export interface DistinctTexts {
  readonly length: number;
  at(place: number): DistinctText;
  /** Each comment with the place of its text among them. */
  comments(): Iterable<{ readonly id: number; readonly text: number }>;
  /** A mark that other comments, or the same on other clauses, would not have. */
  readonly mark: string;
}

/** Takes comments one by one and knows each text once, by hashes of 64 bits. Empty ones are left out. */
export interface TextCollector {
  add(comment: Comparable): void;
  collected(): DistinctTexts;
}

/** A collector that takes less than 100 bytes for each comment, however long they are. */
export function textCollector(): TextCollector {
  const numberOf = numbering();
  const texts = textRows();
  const places = new Map<string, number>();
  const [ids, textOf] = [packed(Float64Array), packed()];
  let said = 0;
  const placeOf = ({ clause, stance, words }: Comparable) => {
    if (words.length >= fewestLetters) return 0;
    const name = `${clause} ${stance}`;
    const place = places.get(name) ?? places.size + 1;
    places.set(name, place);
    return place;
  };
  const add = (comment: Comparable) => {
    const { id, clause, words } = comment;
    if (words === '') return;
    const place = placeOf(comment);
    const [hash, other] = [hashOf(words, 0), hashOf(words, 0x9e3779b9)];
    const text = numberOf(mixed(hash ^ mixed(words.length)), mixed(other + place));
    texts.note(text, place, comment);
    said = (said + mixed(mixed(id ^ hash) + clause)) >>> 0;
    ids.push(id);
    textOf.push(text);
  };
  const collected = () => {
    const order = texts.inOrder();
    const placed = new Int32Array(order.length);
    for (const [place, text] of order.entries()) placed[text] = place;
    const comments = function* () {
      for (let at = 0; at < ids.length; at += 1)
        yield { id: ids.at(at), text: placed[textOf.at(at)] as number };
    };
    const mark = `${markOf(comments())}.${said}`;
    return { length: order.length, at: (place: number) => texts.at(order[place] ?? 0), comments, mark };
  };
  return { add, collected };
}

// What is known of each text, a column each; a text of several clauses has as many entries in a chain.
function textRows() {
  const [counts, firsts, places] = [packed(), packed(Float64Array), packed()];
  const [heads, clauses, following] = [packed(), packed(), packed()];
  const clausesOf = function* (text: number) {
    for (let entry = heads.at(text); entry >= 0; entry = following.at(entry)) yield clauses.at(entry);
  };
  const begin = (place: number, id: number) => {
    places.push(place);
    firsts.push(id);
    counts.push(0);
    heads.push(-1);
  };
  const stands = (text: number, clause: number) => {
    for (const each of clausesOf(text)) if (each === clause) return true;
    return false;
  };
  const note = (text: number, place: number, { id, clause }: Comparable) => {
    if (text === counts.length) begin(place, id);
    counts.set(text, counts.at(text) + 1);
    firsts.set(text, Math.min(firsts.at(text), id));
    if (stands(text, clause)) return;
    following.push(heads.at(text));
    heads.set(text, clauses.push(clause));
  };
  const at = (text: number): DistinctText => ({
    ...{ place: places.at(text), count: counts.at(text), first: firsts.at(text) },
    clauses: () => clausesOf(text),
  });
  const inOrder = () =>
    Int32Array.from({ length: counts.length }, (_, text) => text).sort(
      (one, other) => counts.at(other) - counts.at(one) || firsts.at(one) - firsts.at(other),
    );
  return { note, at, inOrder };
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

function hashOf(text: string, seed: number): number {
  let hash = seed;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 16777619);
  return mixed(hash);
}
