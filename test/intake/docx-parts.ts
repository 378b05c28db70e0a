import { tinyZip, type ZipPart } from './docx-zip.ts';

/** What a hand-written Word file has beside its body: the XML inside the root of each part. */
export interface DocxParts {
  readonly styles?: string;
  readonly numbering?: string;
  readonly footnotes?: string;
  readonly endnotes?: string;
  readonly header?: string;
  /** In front of the root of the document. */
  readonly prolog?: string;
  readonly mainType?: string;
  readonly others?: readonly ZipPart[];
}

const main = 'http://schemas.openxmlformats.org/wordprocessingml/2006/main';
const office = 'http://schemas.openxmlformats.org/officeDocument/2006';
const namespaces = [
  `xmlns:w="${main}"`,
  `xmlns:m="${office}/math"`,
  'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"',
  'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"',
  'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"',
  'xmlns:v="urn:schemas-microsoft-com:vml"',
  'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"',
].join(' ');

/** A Word file with this body. */
export function tinyDocx(body: string, parts: DocxParts = {}): Buffer {
  return tinyZip([...docxParts(body, parts), ...(parts.others ?? [])]);
}

/** The parts of such a file. */
export function docxParts(body: string, parts: DocxParts = {}): ZipPart[] {
  const type =
    parts.mainType ?? 'application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml';
  const related = (['styles', 'numbering', 'footnotes', 'endnotes', 'header'] as const).filter(
    (name) => parts[name] !== undefined,
  );
  return [
    {
      name: '[Content_Types].xml',
      content: `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="${type}"/></Types>`,
    },
    { name: '_rels/.rels', content: relations([['officeDocument', 'word/document.xml']]) },
    {
      name: 'word/_rels/document.xml.rels',
      content: relations(related.map((name) => [name, `${name}.xml`])),
    },
    {
      name: 'word/document.xml',
      content: `${parts.prolog ?? ''}<w:document ${namespaces}><w:body>${body}</w:body></w:document>`,
    },
    ...related.map((name) => ({ name: `word/${name}.xml`, content: root(name, parts[name] ?? '') })),
  ];
}

/** A paragraph with this text; `properties` is XML inside its w:pPr. */
export function p(text: string, properties = ''): string {
  return `<w:p>${properties && `<w:pPr>${properties}</w:pPr>`}${text && run(text)}</w:p>`;
}

/** A run with this text. */
export function run(text: string): string {
  return `<w:r><w:t xml:space="preserve">${text}</w:t></w:r>`;
}

/** The properties of a paragraph on a level of a list. */
export function listed(numId: number, level = 0): string {
  return `<w:numPr><w:ilvl w:val="${level}"/><w:numId w:val="${numId}"/></w:numPr>`;
}

/** One level of a list; `more` is XML inside it. */
export function level(index: number, format: string, pattern: string, more = ''): string {
  return `<w:lvl w:ilvl="${index}"><w:start w:val="1"/><w:numFmt w:val="${format}"/>${more}<w:lvlText w:val="${pattern}"/></w:lvl>`;
}

/** A list with these levels, and uses of it, each with its XML. */
export function list(id: number, levels: string, uses: Readonly<Record<number, string>>): [string, string] {
  const nums = Object.entries(uses).map(
    ([numId, more]) => `<w:num w:numId="${numId}"><w:abstractNumId w:val="${id}"/>${more}</w:num>`,
  );
  return [`<w:abstractNum w:abstractNumId="${id}">${levels}</w:abstractNum>`, nums.join('')];
}

/** The numbering part of these lists. */
export function numbering(...lists: readonly [string, string][]): string {
  return [...lists.map(([definition]) => definition), ...lists.map(([, uses]) => uses)].join('');
}

/** A paragraph style with this XML inside. */
export function styled(id: string, content: string, more = ''): string {
  return `<w:style w:type="paragraph" w:styleId="${id}" ${more}>${content}</w:style>`;
}

/** A table of these cells, each the XML inside its w:tc. */
export function table(rows: readonly (readonly string[])[]): string {
  const row = (cells: readonly string[]) =>
    `<w:tr>${cells.map((cell) => `<w:tc>${cell}</w:tc>`).join('')}</w:tr>`;
  return `<w:tbl>${rows.map(row).join('')}</w:tbl>`;
}

function relations(targets: readonly (readonly [string, string])[]): string {
  const each = targets.map(
    ([type, target], index) =>
      `<Relationship Id="r${index}" Type="${office}/relationships/${type}" Target="${target}"/>`,
  );
  return `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${each.join('')}</Relationships>`;
}

function root(name: string, content: string): string {
  const tag = name === 'header' ? 'w:hdr' : `w:${name}`;
  return `<${tag} ${namespaces}>${content}</${tag}>`;
}
