import type { OfficialDocument } from '../domain/official-document.ts';
import { sealPitch, sealRowPitch, sealRows, sealsInRow } from '../domain/signature.ts';
import { widthIn } from './breaking.ts';
import { advance, bodySize } from './measures.ts';
import { bodyWidth, type EmWidth, type GridLine } from './placed.ts';

/**
 * Name and date. Without a seal the name ends two characters from the right and the date begins two after it; a date
 * that is longer ends there instead. Where seals are set, the date ends four from the right, the last name centred above.
 */
export function signatureLines(
  { signatures, date, sealed }: OfficialDocument,
  em: EmWidth,
  width: number,
): GridLine[] {
  if (signatures.length === 0 && !date) return [];
  const widthOf = bodyWidth(em, false);
  const wide = (text: string) => widthIn(text, widthOf);
  return sealed ? overSeals(signatures, date, wide, width) : oneBelowTheOther(signatures, date, wide, width);
}

type Measure = (text: string) => number;

function oneBelowTheOther(
  signatures: readonly string[],
  date: string,
  wide: Measure,
  width: number,
): GridLine[] {
  const longest = Math.max(0, ...signatures.map(wide));
  const isLong = wide(date) > longest;
  const dateX = isLong ? width - 2 * advance - wide(date) : 0;
  const nameX = (name: string) => (isLong ? dateX - 2 * advance : width - 2 * advance - wide(name));
  const lastX = signatures.map(nameX).at(-1) ?? width - wide(date);
  return [
    [],
    ...signatures.map((name) => [text(name, nameX(name))]),
    ...(date ? [[text(date, isLong ? dateX : lastX + 2 * advance)]] : []),
  ];
}

// The names of a row around the middles of their seals, the last one above the date; each row a seal below the one before.
function overSeals(signatures: readonly string[], date: string, wide: Measure, width: number): GridLine[] {
  const dateX = width - 4 * advance - wide(date);
  const middle = dateX + wide(date) / 2;
  const pitch = sealPitch[sealsInRow(signatures)] * advance;
  const lines: GridLine[] = [[], []];
  for (const [index, names] of sealRows(signatures).entries()) {
    if (index > 0) for (let blank = 1; blank < sealRowPitch; blank++) lines.push([]);
    lines.push(
      names.map((name, at) => {
        const centre = middle - (names.length - 1 - at) * pitch;
        return text(name, Math.min(centre - wide(name) / 2, width - wide(name)));
      }),
    );
  }
  return date ? [...lines, [text(date, dateX)]] : lines;
}

function text(words: string, x: number): GridLine[number] {
  return { text: words, x, size: bodySize, strong: false };
}
