import { AlignmentType, Document, Packer, Paragraph } from 'docx';
import { gridWidth, headingLevel, type OfficialDocument } from '../../domain/official-document.ts';
import { block, titleSize } from '../measures.ts';
import { breakTitle } from '../titles.ts';
import { annex } from './annex.ts';
import { footers } from './footers.ts';
import { line, margin, page } from './measures.ts';
import { bodyParagraph } from './paragraphs.ts';
import { blank, empty, exactly, run } from './runs.ts';
import { signature } from './signature.ts';

/** Writes a document as Word file, with the same measures as the PDF; its faces are those of the office that opens it. */
export async function writeDocx(document: OfficialDocument): Promise<Uint8Array> {
  const { title, signatures, table, origin } = document;
  const file = new Document({
    title,
    creator: signatures.join('、'),
    evenAndOddHeaderAndFooters: true,
    sections: [
      {
        properties: {
          page: { size: page, margin: { ...margin, header: 850, footer: 400 } },
          titlePage: true,
        },
        footers: await footers(origin),
        children: [...letter(document), ...(table ? annex(table) : [])],
      },
    ],
  });
  return Packer.toBuffer(file);
}

function letter({ title, number, addressee, paragraphs, annexes, ...signed }: OfficialDocument): Paragraph[] {
  const body = paragraphs.map((text, index) => {
    const level = headingLevel(text);
    const keepNext = level !== null || index === paragraphs.length - 1;
    return bodyParagraph(text, { font: level === 1 ? 'h1' : level === 2 ? 'h2' : 'text', keepNext });
  });
  return [
    new Paragraph({
      ...{ alignment: AlignmentType.CENTER, spacing: exactly(line), keepNext: true },
      children: breakTitle(title, block.width, titleWidth).map((text, index) =>
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
    ...signature(signed),
  ];
}

function titleWidth(character: string): number {
  return gridWidth(character) * titleSize;
}
