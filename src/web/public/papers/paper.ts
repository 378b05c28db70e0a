import type { PublishedConsultation } from '../../../db/consultations.ts';
import type { SaidInDocument } from '../../../domain/canonical-document.ts';
import type { Source } from '../../origin-marks.ts';
import type { Site } from '../../site.ts';

/** A paper that nobody signs: title and table are its own. */
export const plain = {
  ...{ number: '', addressee: '', paragraphs: [], annexes: [], signatures: [], date: '' },
} as const satisfies Omit<SaidInDocument, 'title' | 'table'>;

/** Whose papers they are. */
export function sourceOf(
  { config }: Pick<Site, 'config'>,
  { number }: Pick<PublishedConsultation, 'number'>,
): Source {
  return { number, address: `${config.publicUrl}/consultations/${number}` };
}
