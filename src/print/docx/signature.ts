import { AlignmentType, Paragraph, TabStopType } from 'docx';
import { gridWidth, type OfficialDocument } from '../../domain/official-document.ts';
import { sealPitch, sealRowPitch, sealRows, sealsInRow } from '../../domain/signature.ts';
import { characterWidth, line } from './measures.ts';
import { blank, exactly, run } from './runs.ts';

type Signed = Pick<OfficialDocument, 'signatures' | 'date' | 'sealed'>;

/** Name and date as GB/T 9704-2012, 7.3.5, has them, kept with the line above; nothing where nobody signs. */
export function signature({ signatures, date, sealed }: Signed, across: number): Paragraph[] {
  if (signatures.length === 0 && !date) return [];
  return sealed ? overSeals(signatures, date, across) : oneBelowTheOther(signatures, date, across);
}

function oneBelowTheOther(signatures: readonly string[], date: string, across: number): Paragraph[] {
  const longest = Math.max(0, ...signatures.map(gridWidth));
  const wide = gridWidth(date);
  const isLong = wide > longest;
  const nameAt = (name: string) => (isLong ? across - 4 - wide : across - 2 - gridWidth(name));
  const last = signatures.at(-1);
  const dateAt = last === undefined ? across - wide : nameAt(last) + 2;
  const names = signatures.map((name, index) =>
    signed(name, { left: nameAt(name) }, !date && index === signatures.length - 1),
  );
  return [blank(), ...names, ...(date ? [signed(date, isLong ? { right: 2 } : { left: dateAt }, true)] : [])];
}

// A row of names stands at tabs that centre them in their seals; each row is a seal below the one before.
function overSeals(signatures: readonly string[], date: string, across: number): Paragraph[] {
  const middle = across - 4 - gridWidth(date) / 2;
  const pitch = sealPitch[sealsInRow(signatures)];
  const rows = sealRows(signatures).map((names) =>
    names.length === 1
      ? signed(names[0] ?? '', { left: leftOf(names[0] ?? '', middle, across) }, false)
      : sideBySide(names, middle, pitch),
  );
  const apart = Array.from({ length: sealRowPitch - 1 }, blank);
  return [
    ...[blank(), blank()],
    ...rows.flatMap((row, index) => (index > 0 ? [...apart, row] : [row])),
    ...(date ? [signed(date, { right: 4 }, true)] : []),
  ];
}

function leftOf(name: string, middle: number, across: number): number {
  return Math.min(middle - gridWidth(name) / 2, across - gridWidth(name));
}

function sideBySide(names: readonly string[], middle: number, pitch: number): Paragraph {
  const at = (index: number) => middle - (names.length - 1 - index) * pitch;
  return new Paragraph({
    ...{ spacing: exactly(line), keepNext: true, keepLines: true },
    tabStops: names.map((_, index) => ({ type: TabStopType.CENTER, position: twips(at(index)) })),
    children: names.map((name) => run(name, { isTabbed: true })),
  });
}

// In characters from the edge that the standard measures from.
type Place = { readonly left: number } | { readonly right: number };

function signed(text: string, place: Place, isLast: boolean): Paragraph {
  return new Paragraph({
    ...{ spacing: exactly(line), keepNext: !isLast, keepLines: true },
    // Nothing wraps where another face is wider.
    ...('right' in place
      ? { alignment: AlignmentType.RIGHT, indent: { right: twips(place.right) } }
      : { indent: { left: twips(place.left), right: -twips(6) } }),
    children: [run(text)],
  });
}

function twips(characters: number): number {
  return Math.max(0, Math.round(characters * characterWidth));
}
