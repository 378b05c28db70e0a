import { AlignmentType, Footer, ImageRun, PageNumber, Paragraph, TextRun } from 'docx';
import { renderSVG } from 'uqr';
import type { Origin } from '../../domain/official-document.ts';
import { picture } from '../picture.ts';
import { afterNumber } from './measures.ts';
import { exactly, fonts } from './runs.ts';

/** Page numbers at the outer side, and on the first page what names the document. */
export async function footers(origin: Origin): Promise<Record<'first' | 'default' | 'even', Footer>> {
  return {
    first: new Footer({ children: [pageNumber(AlignmentType.RIGHT, 0), ...(await marks(origin))] }),
    default: new Footer({ children: [pageNumber(AlignmentType.RIGHT, afterNumber)] }),
    even: new Footer({ children: [pageNumber(AlignmentType.LEFT, afterNumber)] }),
  };
}

function pageNumber(alignment: (typeof AlignmentType)[keyof typeof AlignmentType], after: number): Paragraph {
  const font = fonts.number;
  const size = '14pt';
  return new Paragraph({
    ...{ alignment, spacing: { ...exactly(400), after } },
    indent: alignment === AlignmentType.RIGHT ? { right: 280 } : { left: 280 },
    children: [new TextRun({ ...{ font, size }, children: ['— ', PageNumber.CURRENT, ' —'] })],
  });
}

const emuInMm = 36_000;

/** The address as a QR code at a fixed place, and beside it what names the document. */
async function marks({ number, address, fingerprint }: Origin): Promise<Paragraph[]> {
  const data = await picture(renderSVG(address, { ecc: 'M', border: 0 }));
  const at = (offset: number) => ({ relative: 'page' as const, offset: offset * emuInMm });
  const code = new ImageRun({
    ...{ type: 'png', data, transformation: { width: 57, height: 57 } },
    floating: { horizontalPosition: at(28), verticalPosition: at(275) },
    altText: { name: 'QR', title: address, description: address },
  });
  return [`征求意见编号 ${number}`, `文件指纹 ${fingerprint}`, address].map(
    (text, index) =>
      new Paragraph({
        ...{ indent: { left: 1_000 }, spacing: exactly(afterNumber / 3) },
        children: [...(index === 0 ? [code] : []), new TextRun({ text, size: '8pt', font: fonts.number })],
      }),
  );
}
