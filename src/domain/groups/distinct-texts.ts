import { foldedText } from '../versions/fold.ts';

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

/** Words without what only typing makes different: width, case, space, punctuation. */
export function foldedWords(text: string): string {
  return foldedText(text)
    .toLowerCase()
    .replace(/[\p{P}\p{S}]+/gu, '');
}

/** A text with all comments that say it. */
export interface DistinctText {
  readonly key: string;
  /** Clause and stance of a short text; empty for others, which may stand at several. */
  readonly place: string;
  readonly words: string;
  readonly ids: number[];
  readonly clauses: Set<number>;
}

/** The texts of comments, the commonest first; in the same order however the comments come. Empty ones are left out. */
export function distinctTexts(comments: Iterable<Comparable>): DistinctText[] {
  const texts = new Map<string, DistinctText>();
  for (const { id, clause, stance, words } of comments) {
    if (words === '') continue;
    const place = isShort(words) ? `${clause} ${stance}` : '';
    const key = place === '' ? keyOf(words) : `${words} ${place}`;
    const text = texts.get(key) ?? {
      ...{ key, place },
      words: key.slice(0, Math.min(words.length, longestCompared)),
      ids: [],
      clauses: new Set(),
    };
    texts.set(key, text);
    text.ids.push(id);
    text.clauses.add(clause);
  }
  return [...texts.values()].sort(
    (one, other) => other.ids.length - one.ids.length || (one.key < other.key ? -1 : 1),
  );
}

// A slice alone would keep the whole text in memory.
function keyOf(words: string): string {
  if (words.length <= longestCompared) return words;
  let rest = 0;
  for (let at = longestCompared; at < words.length; at += 1)
    rest = Math.imul(rest ^ words.charCodeAt(at), 16777619);
  return `${Array.from(words.slice(0, longestCompared)).join('')} ${words.length} ${rest}`;
}

function isShort(words: string): boolean {
  return words.length < fewestLetters;
}
