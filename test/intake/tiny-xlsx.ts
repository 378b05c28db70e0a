import { tinyZip, type ZipPart } from './docx-zip.ts';

const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const main = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';

/** What a hand-written workbook has beside the rows of its first sheet. */
export interface XlsxParts {
  /** The `si` elements of the shared texts. */
  readonly texts?: string;
  /** What stands inside the root of the styles. */
  readonly styles?: string;
  readonly properties?: string;
  readonly others?: readonly ZipPart[];
}

/** A workbook whose first sheet has these `row` elements. */
export function tinyXlsx(rows: string, parts: XlsxParts = {}): Buffer {
  return tinyZip(xlsxParts(rows, parts));
}

/** The parts of such a workbook. */
export function xlsxParts(
  rows: string,
  { texts, styles, properties = '', others = [] }: XlsxParts,
): ZipPart[] {
  const relations = [
    relation('rId7', 'worksheet', 'worksheets/sheet1.xml'),
    ...(texts === undefined ? [] : [relation('rId8', 'sharedStrings', 'sharedStrings.xml')]),
    ...(styles === undefined ? [] : [relation('rId9', 'styles', '/xl/styles.xml')]),
  ];
  const part = (name: string, content: string) => ({
    name,
    content: `<?xml version="1.0"?>${content}`,
    isPacked: true,
  });
  const sheets = `<sheets><sheet name="甲" sheetId="3" r:id="rId7"/><sheet name="乙" sheetId="4" r:id="rId6"/></sheets>`;
  return [
    part(
      'xl/workbook.xml',
      `<workbook xmlns="${main}" xmlns:r="${office}">${properties}${sheets}</workbook>`,
    ),
    part('xl/_rels/workbook.xml.rels', `<Relationships>${relations.join('')}</Relationships>`),
    part('xl/worksheets/sheet1.xml', `<worksheet xmlns="${main}"><sheetData>${rows}</sheetData></worksheet>`),
    ...(texts === undefined ? [] : [part('xl/sharedStrings.xml', `<sst xmlns="${main}">${texts}</sst>`)]),
    ...(styles === undefined
      ? []
      : [part('xl/styles.xml', `<styleSheet xmlns="${main}">${styles}</styleSheet>`)]),
    ...others,
  ];
}

/** A row of text cells. */
export function textRow(number: number, cells: readonly string[]): string {
  const inside = cells.map(
    (cell) => `<c t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`,
  );
  return `<row r="${number}">${inside.join('')}</row>`;
}

function relation(id: string, type: string, target: string): string {
  return `<Relationship Id="${id}" Type="${office}/${type}" Target="${target}"/>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
}
