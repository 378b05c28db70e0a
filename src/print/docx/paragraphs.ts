import { AlignmentType, Paragraph } from 'docx';
import { characterWidth, line } from './measures.ts';
import { exactly, type FontName, run } from './runs.ts';

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
      keepNext,
    },
    children: [run(text, { font })],
  });
}
