import { AlignmentType, Footer, ImageRun, PageNumber, Paragraph, TextRun } from 'docx';
import { renderSVG } from 'uqr';
import type { Origin } from '../../domain/official-document.ts';
import { picture } from '../picture.ts';
import { afterNumber } from './measures.ts';
import { exactly, fonts } from './runs.ts';

/** Page numbers at the outer side, and on the first page what names the document. */
export async function footers(
  origin: Origin,
  wide: boolean,
): Promise<Record<'first' | 'default' | 'even', Footer>> {
  return {
    first: new Footer({ children: [pageNumber(AlignmentType.RIGHT, 0), ...(await marks(origin, wide))] }),
    default: new Footer({ children: [pageNumber(AlignmentType.RIGHT, afterNumber)] }),
    even: new Footer({ children: [pageNumber(AlignmentType.LEFT, afterNumber)] }),
  };
}

function pageNumber(alignment: (typeof AlignmentType)[keyof typeof AlignmentType], after: number): Paragraph {
  const font = fonts.number;
  const size = 28;
  return new Paragraph({
    ...{ alignment, spacing: { ...exactly(400), after } },
    indent: alignment === AlignmentType.RIGHT ? { right: 280 } : { left: 280 },
    children: [new TextRun({ ...{ font, size }, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
}

const emuInMm = 36_000;

// Of the QR code on the paper, in millimetres.
const place = { upright: { left: 28, top: 275 }, wide: { left: 36, top: 189 } } as const;

/** The address as a QR code at a fixed place, and beside it what names the document. */
async function marks({ address, lines }: Origin, wide: boolean): Promise<Paragraph[]> {
  const data = await picture(renderSVG(address, { ecc: 'M', border: 0 }));
  const at = (offset: number) => ({ relative: 'page' as const, offset: offset * emuInMm });
  const { left, top } = place[wide ? 'wide' : 'upright'];
  const code = new ImageRun({
    ...{ type: 'png', data, transformation: { width: 57, height: 57 } },
    floating: { horizontalPosition: at(left), verticalPosition: at(top) },
    altText: { name: 'QR', title: address, description: address },
  });
  return lines.map(
    (text, index) =>
      new Paragraph({
        ...{ indent: { left: 1_000 }, spacing: exactly(afterNumber / 3) },
        children: [...(index === 0 ? [code] : []), new TextRun({ text, size: 16, font: fonts.number })],
      }),
  );
}
