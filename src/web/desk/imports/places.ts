import { fill } from '../../../domain/fill.ts';
import type { Block } from '../../../domain/outline.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Choice } from '../../public/shapes.ts';

const mostPlaces = 100;
const longestLabel = 40;
const sentenceEnds = new Set('。！？；;!?\n');

type Content = Pick<Block, 'text' | 'rows'>;

/** Where a row can be split, each by the words that would begin the second part. */
export function splitPlaces(block: Content, sentences: Sentences): Choice[] {
  return offsetsIn(block).map((offset) => ({
    value: String(offset),
    label: fill(sentences.desk.splitBefore, { words: cut(wordsAt(block, offset)) }),
  }));
}

/**
 * The first 100 places: behind each sentence or line of a text, before each row of a table but the first. Numbers are
 * what a split takes as `offset`.
 */
export function offsetsIn({ text, rows }: Content): number[] {
  if (rows) return rows.slice(1, mostPlaces + 1).map((_, each) => each + 1);
  const places: number[] = [];
  const last = text.trimEnd().length - 1;
  for (let index = 1; index <= last && places.length < mostPlaces; index += 1)
    if (isEnd(text, index - 1) && !isEnd(text, index)) places.push(index);
  return places;
}

/** Every place where the second part would begin with these words; two at most. */
export function offsetsOf(words: string, { text, rows }: Content): number[] {
  if (rows)
    return rows.flatMap((cells, index) => (index > 0 && cells.join(' ').startsWith(words) ? [index] : []));
  const first = text.indexOf(words, 1);
  const second = first < 0 ? -1 : text.indexOf(words, first + 1);
  return [first, second].filter((offset) => offset > 0);
}

function wordsAt({ text, rows }: Content, offset: number): string {
  return rows ? (rows[offset]?.join(' ') ?? '') : text.slice(offset, offset + 2 * longestLabel);
}

function isEnd(text: string, index: number): boolean {
  return sentenceEnds.has(text[index] ?? '');
}

function cut(words: string): string {
  const all = [...words.trim().replace(/\s+/gu, ' ')];
  return all.slice(0, longestLabel).join('') + (all.length > longestLabel ? '…' : '');
}
