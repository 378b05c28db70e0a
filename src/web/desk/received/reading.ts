import { type Screenable, screenable } from '../../../db/screenings.ts';
import { hiddenCharacters } from '../../../domain/hidden-characters.ts';
import { type MarkedPiece, markedText } from '../../../domain/marked-text.ts';
import { may } from '../../../domain/officer.ts';
import { hasPersonalNumbers } from '../../../domain/personal-numbers.ts';
import { sameWords } from '../../../domain/redaction.ts';
import { textsOf, type Words } from '../../../domain/screening.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The words of a comment in pieces, for the page to mark. */
export interface MarkedWords {
  readonly text: readonly MarkedPiece[];
  readonly proposedWording: readonly MarkedPiece[];
  readonly quotation: readonly MarkedPiece[];
}

/** What an officer reads of a comment: as it was sent for those who screen, as it is published for all others. */
export interface Reading {
  readonly words: Words;
  readonly marked: MarkedWords;
  /** How many characters would deceive the eye. */
  readonly hidden: number;
  /** True where passages are covered in what is published. */
  readonly redacted: boolean;
  /** True where what would be published holds personal numbers. */
  readonly holdsNumbers: boolean;
}

/** Comments of the consultation with what this officer reads of them, by id. */
export async function readingsOf(
  { site, consultation, officer }: ConsultationVisit,
  commentIds: readonly number[],
): Promise<Map<number, Screenable & Reading>> {
  const found = await screenable(site.db, consultation.id, commentIds);
  const screens = may(officer, 'screen');
  return new Map([...found].map(([id, comment]) => [id, { ...comment, ...readingOf(comment, screens) }]));
}

/** The reading of one comment. */
export function readingOf(
  { original, published }: Pick<Screenable, 'original' | 'published'>,
  screens: boolean,
): Reading {
  const words = screens ? original : published;
  return {
    words,
    marked: markedWords(words),
    hidden: textsOf(words).reduce((count, text) => count + hiddenCharacters(text), 0),
    redacted: !sameWords(original, published),
    holdsNumbers: hasPersonalNumbers(published),
  };
}

/** Words in pieces. */
export function markedWords({ text, proposedWording, quotation }: Words): MarkedWords {
  return {
    text: markedText(text),
    proposedWording: markedText(proposedWording),
    quotation: markedText(quotation),
  };
}
