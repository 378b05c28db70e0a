import { AlignmentType, Paragraph } from 'docx';
import { characterWidth, line } from './measures.ts';
import { exactly, type FontName, run } from './runs.ts';

// The library leaves out what is false; but marks hang over the edge, and letters stand off from characters, unless
// they are told not to.
const off = '0' as unknown as boolean;
/** What every paragraph of the body is told. */
export const set = { overflowPunctuation: off, autoSpaceEastAsianText: off };

export interface BodyOptions {
  readonly font?: FontName;
  readonly indent?: number;
  readonly keepNext?: boolean;
}

/** A paragraph of the body, indented by two characters unless said otherwise. */
export function bodyParagraph(
  text: string,
  { font = 'text', indent = 2 * characterWidth, keepNext = false }: BodyOptions = {},
): Paragraph {
  return new Paragraph({
    ...{
      alignment: AlignmentType.BOTH,
      spacing: exactly(line),
      indent: { firstLine: indent },
      widowControl: true,
      ...set,
      keepNext,
    },
    children: [run(text, { font })],
  });
}
