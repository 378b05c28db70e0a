import { FileRefused, type Zip } from '../zip.ts';
import { readXml } from './xml.ts';

/** The names of the parts of a Word file that are read; '' for one that it does not have. */
export interface Parts {
  readonly document: string;
  readonly styles: string;
  readonly numbering: string;
  readonly footnotes: string;
  readonly endnotes: string;
  /** Headers and footers. */
  readonly furniture: readonly string[];
}

interface Relation {
  /** The last word of its type: `styles`, `footer`. */
  readonly type: string;
  readonly target: string;
}

/**
 * Finds the parts of a Word file. Throws FileRefused: `macros` when it carries programs, `unknownKind` when the zip is
 * something else, `empty` when it holds nothing.
 */
export async function findParts(zip: Zip): Promise<Parts> {
  if (zip.names.length === 0) throw new FileRefused('empty');
  const types = await typesOf(zip);
  if (zip.names.some((name) => name.endsWith('vbaproject.bin')) || types.some(isMacro))
    throw new FileRefused('macros');
  const main = (await relationsOf(zip, '')).filter((each) => each.type === 'officeDocument');
  const document = main.map((each) => each.target).find((each) => zip.has(each));
  if (document === undefined) throw new FileRefused(main.length > 0 ? 'corrupt' : 'unknownKind');
  if (!types.some(isWord)) throw new FileRefused('unknownKind');
  const relations = (await relationsOf(zip, document)).filter((each) => zip.has(each.target));
  const first = (type: string) => relations.find((each) => each.type === type)?.target ?? '';
  return {
    document,
    styles: first('styles'),
    numbering: first('numbering'),
    footnotes: first('footnotes'),
    endnotes: first('endnotes'),
    furniture: relations
      .filter(({ type }) => type === 'header' || type === 'footer')
      .map((each) => each.target),
  };
}

function isMacro(type: string): boolean {
  return /macroEnabled|vbaProject/i.test(type);
}

function isWord(type: string): boolean {
  return /wordprocessingml\.(document|template)\.main\+xml$/i.test(type);
}

async function typesOf(zip: Zip): Promise<string[]> {
  const name = '[Content_Types].xml';
  if (!zip.has(name)) throw new FileRefused('unknownKind');
  const types: string[] = [];
  await readXml(zip.read(name), {
    open: (_, attributes) => {
      types.push(attributes('ContentType') ?? '');
      return undefined;
    },
  });
  return types;
}

/** What a part, or with '' the file itself, refers to inside the file. */
async function relationsOf(zip: Zip, part: string): Promise<Relation[]> {
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const name = `${folder}_rels/${part.slice(folder.length)}.rels`;
  const relations: Relation[] = [];
  if (!zip.has(name)) return relations;
  await readXml(zip.read(name), {
    open: (element, attributes) => {
      const type = attributes('Type')?.split('/').at(-1);
      if (element === 'Relationship' && type && attributes('TargetMode') !== 'External')
        relations.push({ type, target: targetOf(folder, attributes('Target') ?? '') });
      return undefined;
    },
  });
  return relations;
}

function targetOf(folder: string, target: string): string {
  const steps: string[] = target.startsWith('/') ? [] : folder.split('/').filter((step) => step !== '');
  for (const step of target.split('/')) {
    if (step === '..') steps.pop();
    else if (step !== '' && step !== '.') steps.push(step);
  }
  return steps.join('/');
}
