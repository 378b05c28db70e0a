import { type WidthOf, widthIn } from './breaking.ts';

const segmenter = new Intl.Segmenter('zh', { granularity: 'word' });

/**
 * Breaks a title by sense, between words, into as few lines as it needs, the lines as even as they can be and none
 * that holds one or two characters.
 */
export function breakTitle(title: string, width: number, widthOf: WidthOf): string[] {
  const words = wordsOf(title, width, widthOf).map((text) => ({ text, width: widthIn(text, widthOf) }));
  const least = Math.ceil(widthIn(title, widthOf) / width - 0.001);
  for (let count = Math.max(1, least); count <= words.length; count++) {
    const found = evenest(words, count, width);
    if (found) return found;
  }
  return words.map(({ text }) => text);
}

interface Word {
  readonly text: string;
  readonly width: number;
}

// The division into `count` lines whose squares of room left add up to least, or undefined where none fits.
function evenest(words: readonly Word[], count: number, width: number): string[] | undefined {
  const best: ({ readonly cost: number; readonly from: number } | undefined)[][] = [[{ cost: 0, from: 0 }]];
  for (let line = 1; line <= count; line++) {
    best.push([]);
    for (let end = line; end <= words.length; end++) {
      let filled = 0;
      for (let from = end - 1; from >= line - 1; from--) {
        filled += words[from]?.width ?? 0;
        if (filled > width + 0.01) break;
        const before = best[line - 1]?.[from];
        if (!before) continue;
        const cost = before.cost + (width - filled) ** 2;
        const known = best[line]?.[end];
        if (!known || cost < known.cost) (best[line] ?? [])[end] = { cost, from };
      }
    }
  }
  if (!best[count]?.[words.length]) return undefined;
  const lines: string[] = [];
  for (let line = count, end = words.length; line > 0; line--) {
    const from = best[line]?.[end]?.from ?? 0;
    lines.unshift(
      words
        .slice(from, end)
        .map(({ text }) => text)
        .join(''),
    );
    end = from;
  }
  return lines;
}

// Brackets keep what they hold together and stay with the word before, so do marks; no word is longer than a line.
function wordsOf(title: string, width: number, widthOf: WidthOf): string[] {
  const words: string[] = [];
  for (const part of title.split(/(（[^（）]{1,12}）)/))
    for (const { segment } of part.startsWith('（') ? [{ segment: part }] : segmenter.segment(part)) {
      const last = words.at(-1);
      const joins =
        last !== undefined &&
        (/[《（“]$/.test(last) || /^[（》）”、，。：]/.test(segment) || /^的$/.test(segment));
      if (joins && widthIn(last + segment, widthOf) <= width) words[words.length - 1] = last + segment;
      else words.push(...cut(segment, width, widthOf));
    }
  return words;
}

function cut(text: string, width: number, widthOf: WidthOf): string[] {
  const most = Math.max(1, Math.floor(width / (widthIn(text, widthOf) / [...text].length)));
  const characters = [...text];
  const parts: string[] = [];
  while (characters.length > 0) parts.push(characters.splice(0, most).join(''));
  return parts;
}
