import { AlignmentType, Paragraph } from 'docx';
import { gridWidth, type OfficialDocument } from '../../domain/official-document.ts';
import { characterWidth, line } from './measures.ts';
import { set } from './paragraphs.ts';
import { blank, exactly, run } from './runs.ts';

/** Name and date as GB/T 9704-2012, 7.3.5, has them, kept with the line above. */
export function signature({
  signatures,
  date,
  sealed,
}: Pick<OfficialDocument, 'signatures' | 'date' | 'sealed'>): Paragraph[] {
  const longest = Math.max(0, ...signatures.map(gridWidth));
  const dateWide = gridWidth(date);
  const isLong = dateWide > longest;
  const dateAt = sealed
    ? 24 - dateWide
    : isLong
      ? 26 - dateWide
      : 28 - (gridWidth(signatures.at(-1) ?? '') || dateWide);
  const nameAt = (name: string): number => {
    if (sealed) return Math.min(dateAt + (dateWide - gridWidth(name)) / 2, 28 - gridWidth(name));
    return isLong ? dateAt - 2 : 26 - gridWidth(name);
  };
  const signed = (text: string, place: Place, isLast: boolean) =>
    new Paragraph({
      ...{ ...set, spacing: exactly(line), keepNext: !isLast, keepLines: true },
      ...('right' in place
        ? { alignment: AlignmentType.RIGHT, indent: { right: twips(place.right) } }
        : { indent: { left: twips(place.left) } }),
      children: [run(text)],
    });
  const datePlace: Place = sealed ? { right: 4 } : isLong ? { right: 2 } : { left: dateAt };
  return [
    ...(sealed ? [blank(), blank()] : [blank()]),
    ...signatures.map((name, index) =>
      signed(name, { left: nameAt(name) }, !date && index === signatures.length - 1),
    ),
    ...(date ? [signed(date, datePlace, true)] : []),
  ];
}

// In characters from the edge that the standard measures from.
type Place = { readonly left: number } | { readonly right: number };

function twips(characters: number): number {
  return Math.max(0, Math.round(characters * characterWidth));
}
