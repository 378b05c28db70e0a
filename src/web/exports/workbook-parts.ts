/** A sheet of a workbook that has been written. */
export interface SheetPart {
  readonly name: string;
  /** What its head and rows cover: `A1:H12`. */
  range: string;
}

const declaration = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const openXml = 'http://schemas.openxmlformats.org';
const main = `${openXml}/spreadsheetml/2006/main`;
const relations = `${openXml}/package/2006/relationships`;
const officeRelations = `${openXml}/officeDocument/2006/relationships`;
const types = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** How cells look, by the number that stands at them. */
export const styles = { head: 1, text: 2, number: 3 } as const;

/** What a sheet begins with: its head stays in view, and it prints across a page of A4. */
export function sheetBeginning(widths: readonly number[]): string {
  const columns = widths.map(
    (width, index) => `<col min="${index + 1}" max="${index + 1}" width="${width}" customWidth="1"/>`,
  );
  return `${declaration}<worksheet xmlns="${main}"><sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${columns.join('')}</cols><sheetData>`;
}

/** What a sheet ends with: a filter over its whole range. */
export function sheetEnding(range: string): string {
  return `</sheetData><autoFilter ref="${range}"/><pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>`;
}

/** The other files of a workbook with these sheets, by their names. */
export function workbookParts(sheets: readonly SheetPart[]): readonly (readonly [string, string])[] {
  return [
    ['_rels/.rels', relationsOf([[`${officeRelations}/officeDocument`, 'xl/workbook.xml']])],
    ['xl/workbook.xml', workbookOf(sheets)],
    [
      'xl/_rels/workbook.xml.rels',
      relationsOf([
        ...sheets.map((_, index) => [`${officeRelations}/worksheet`, `worksheets/${fileOf(index)}`] as const),
        [`${officeRelations}/styles`, 'styles.xml'],
      ]),
    ],
    ['xl/styles.xml', stylesXml],
    ['[Content_Types].xml', contentTypes(sheets)],
  ];
}

/** The name of a sheet's file. */
export function fileOf(index: number): string {
  return `sheet${index + 1}.xml`;
}

function relationsOf(all: readonly (readonly [type: string, target: string])[]): string {
  const each = all.map(
    ([type, target], index) => `<Relationship Id="rId${index + 1}" Type="${type}" Target="${target}"/>`,
  );
  return `${declaration}<Relationships xmlns="${relations}">${each.join('')}</Relationships>`;
}

function workbookOf(sheets: readonly SheetPart[]): string {
  const named = sheets.map(
    ({ name }, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="rId${index + 1}"/>`,
  );
  const defined = sheets.flatMap(({ name, range }, index) => [
    `<definedName name="_xlnm._FilterDatabase" localSheetId="${index}" hidden="1">'${name}'!${fixed(range)}</definedName>`,
    `<definedName name="_xlnm.Print_Titles" localSheetId="${index}">'${name}'!$1:$1</definedName>`,
  ]);
  return `${declaration}<workbook xmlns="${main}" xmlns:r="${officeRelations}"><bookViews><workbookView/></bookViews><sheets>${named.join('')}</sheets><definedNames>${defined.join('')}</definedNames></workbook>`;
}

function fixed(range: string): string {
  return range.replace(/([A-Z]+)(\d+)/g, '$$$1$$$2');
}

function contentTypes(sheets: readonly SheetPart[]): string {
  const override = (part: string, type: string) =>
    `<Override PartName="${part}" ContentType="${types}.${type}+xml"/>`;
  const worksheets = sheets.map((_, index) => override(`/xl/worksheets/${fileOf(index)}`, 'worksheet'));
  return `${declaration}<Types xmlns="${openXml}/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/>${override('/xl/workbook.xml', 'sheet.main')}${override('/xl/styles.xml', 'styles')}${worksheets.join('')}</Types>`;
}

// Text has the format @: it stays text when somebody edits the cell.
const stylesXml = `${declaration}<styleSheet xmlns="${main}"><fonts count="2"><font><sz val="11"/><name val="宋体"/></font><font><b/><sz val="11"/><name val="宋体"/></font></fonts><fills count="3"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill><fill><patternFill patternType="solid"><fgColor rgb="FFE7ECF3"/></patternFill></fill></fills><borders count="2"><border><left/><right/><top/><bottom/><diagonal/></border><border><left style="thin"/><right style="thin"/><top style="thin"/><bottom style="thin"/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="1" fillId="2" borderId="1" xfId="0" applyNumberFormat="1" applyFont="1" applyFill="1" applyBorder="1" applyAlignment="1"><alignment horizontal="center" vertical="center" wrapText="1"/></xf><xf numFmtId="49" fontId="0" fillId="0" borderId="1" xfId="0" applyNumberFormat="1" applyBorder="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="0" fontId="0" fillId="0" borderId="1" xfId="0" applyBorder="1" applyAlignment="1"><alignment vertical="top"/></xf></cellXfs></styleSheet>`;
