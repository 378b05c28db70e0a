import { AlignmentType, Document, Packer, PageOrientation, Paragraph } from 'docx';
import { gridWidth, headingLevel, type OfficialDocument } from '../../domain/official-document.ts';
import { advance, titleSize } from '../measures.ts';
import { breakTitle } from '../titles.ts';
import { footers } from './footers.ts';
import { line, sheetOf } from './measures.ts';
import { bodyParagraph } from './paragraphs.ts';
import { ownParts } from './parts.ts';
import { blank, empty, exactly, legible, run } from './runs.ts';
import { signature } from './signature.ts';
import { tableBlock } from './table.ts';

/** Writes a document as Word file, with the same measures as the PDF; its faces are those of the office that opens it. */
export async function writeDocx(document: OfficialDocument): Promise<Uint8Array> {
  const { title, signatures, table, wide, origin } = document;
  const { page, margin, width } = sheetOf(wide);
  // The library turns the paper itself.
  const size = wide
    ? { width: page.height, height: page.width, orientation: PageOrientation.LANDSCAPE }
    : { ...page };
  const file = new Document({
    title: legible(title),
    creator: legible(signatures.join('、')),
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: { size, margin },
          titlePage: true,
        },
        footers: await footers(origin, wide),
        children: [...letter(document, width / 20), ...(table ? tableBlock(table, width) : [])],
      },
    ],
  });
  return Packer.toBuffer(file, false, ownParts);
}

// `width` in points.
function letter(document: OfficialDocument, width: number): Paragraph[] {
  const { title, number, addressee, paragraphs, annexes, ...signed } = document;
  const body = paragraphs.map((text, index) => {
    const level = headingLevel(text);
    const keepNext = level !== null || index === paragraphs.length - 1;
    return bodyParagraph(text, { font: level === 1 ? 'h1' : level === 2 ? 'h2' : 'text', keepNext });
  });
  return [
    new Paragraph({
      ...{ alignment: AlignmentType.CENTER, spacing: exactly(line), keepNext: true },
      children: breakTitle(title, width, titleWidth).map((text, index) =>
        run(text, { font: 'title', size: titleSize, isNext: index > 0 }),
      ),
    }),
    ...(number
      ? [
          empty(),
          new Paragraph({ alignment: AlignmentType.CENTER, spacing: exactly(line), children: [run(number)] }),
        ]
      : []),
    empty(),
    ...(addressee ? [bodyParagraph(addressee, { indent: 0 })] : []),
    ...body,
    ...(annexes.length > 0 ? [blank()] : []),
    ...annexes.map((text) => bodyParagraph(text, { keepNext: true })),
    ...signature(signed, width / advance),
  ];
}

function titleWidth(character: string): number {
  return gridWidth(character) * titleSize;
}
