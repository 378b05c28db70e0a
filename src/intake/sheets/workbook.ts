import { mostSheetText } from '../../domain/sheets/table.ts';
import { readXml } from '../docx/xml.ts';
import { FileRefused, type Zip } from '../zip.ts';
import { SheetRefused } from './refused.ts';
import { shownText, showsDay } from './shown.ts';

/** What of a workbook is read: the parts by name ('' for one that it does not have). */
export interface Workbook {
  readonly sheet: string;
  readonly texts: string;
  readonly styles: string;
  /** True where days are counted from 1904. */
  readonly is1904: boolean;
}

const main = 'xl/workbook.xml';

/** Finds the first sheet of a workbook. Throws FileRefused `unknownKind` when the zip is something else. */
export async function findSheet(zip: Zip): Promise<Workbook> {
  if (!zip.has(main)) throw new FileRefused('unknownKind');
  let first: string | undefined;
  let is1904 = false;
  await readXml(zip.read(main), {
    open: (name, attributes) => {
      if (name === 'sheet') first ??= attributes('id') ?? '';
      if (name === 'workbookPr') is1904 = ['1', 'true'].includes(attributes('date1904') ?? '');
      return undefined;
    },
  });
  const relations = await relationsOf(zip);
  const sheet = relations.find(({ id }) => id === first)?.target ?? '';
  if (!zip.has(sheet)) throw new FileRefused('corrupt');
  const part = (type: string) =>
    relations.find((each) => each.type === type && zip.has(each.target))?.target ?? '';
  return { sheet, texts: part('sharedStrings'), styles: part('styles'), is1904 };
}

async function relationsOf(zip: Zip) {
  const relations: { readonly id: string; readonly type: string; readonly target: string }[] = [];
  await readXml(zip.read('xl/_rels/workbook.xml.rels'), {
    open: (name, attributes) => {
      const target = attributes('Target') ?? '';
      if (name === 'Relationship')
        relations.push({
          id: attributes('Id') ?? '',
          type: attributes('Type')?.split('/').at(-1) ?? '',
          target: target.startsWith('/') ? target.slice(1) : `xl/${target}`,
        });
      return undefined;
    },
  });
  return relations;
}

/** The texts that cells point to by number. Throws SheetRefused `tooLarge` beyond the limit. */
export async function sharedTexts(zip: Zip, { texts: part }: Workbook): Promise<string[]> {
  const texts: string[] = [];
  if (part === '') return texts;
  let [own, length] = ['', 0];
  await readXml(zip.read(part), {
    // How words are pronounced is no part of them.
    open: (name) => (name === 'rPh' ? 'skip' : undefined),
    text: (text, name) => {
      if (name === 't') own += text;
    },
    close: (name) => {
      if (name !== 'si') return;
      texts.push(shownText(own));
      length += own.length;
      own = '';
      if (length > mostSheetText) throw new SheetRefused('tooLarge');
    },
  });
  return texts;
}

/** Whether numbers are shown as days, for each style that a cell can have. */
export async function dateStyles(zip: Zip, { styles: part }: Workbook): Promise<boolean[]> {
  const codes = new Map<number, string>();
  const dates: boolean[] = [];
  if (part === '') return dates;
  await readXml(zip.read(part), {
    open: (name, attributes, parent) => {
      const id = Number(attributes('numFmtId') ?? 0);
      if (name === 'numFmt') codes.set(id, attributes('formatCode') ?? '');
      if (name === 'xf' && parent === 'cellXfs') dates.push(showsDay(id, codes.get(id)));
      return undefined;
    },
  });
  return dates;
}
