import { SaxesParser } from 'saxes';
import yauzl from 'yauzl';

/** An element of a part, with its children in order. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** Parts of an Office file by path; those in XML as trees. Throws where one is not well-formed. */
export async function openPackage(
  bytes: Uint8Array,
): Promise<{ readonly paths: readonly string[]; readonly trees: ReadonlyMap<string, Element> }> {
  const trees = new Map<string, Element>();
  const paths: string[] = [];
  const zip = await yauzl.fromBufferPromise(Buffer.from(bytes));
  for await (const entry of zip.eachEntry()) {
    paths.push(entry.fileName);
    if (/\.(xml|rels)$/.test(entry.fileName)) {
      const chunks: Buffer[] = [];
      for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk as Buffer);
      trees.set(entry.fileName, treeOf(Buffer.concat(chunks).toString('utf8')));
    }
  }
  return { paths, trees };
}

function treeOf(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => {
    throw error;
  });
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes, children: [] };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  const [first] = root.children;
  if (!first) throw new Error('an empty part');
  return first;
}

/** All elements of a tree, itself first. */
export function* within(element: Element): Generator<Element> {
  yield element;
  for (const child of element.children) yield* within(child);
}

// The order of what may stand inside, from the schemas of ECMA-376 (wml.xsd, transitional), of all that our files use.
const order: Readonly<Record<string, string>> = {
  'w:pPr':
    'pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange',
  'w:rPr':
    'rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang eastAsianLayout specVanish oMath',
  'w:tblPr':
    'tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription',
  'w:tcPr':
    'cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark',
  'w:tbl': 'tblPr tblGrid tr',
  'w:tr': 'tblPrEx trPr tc',
  'w:tc': 'tcPr p',
  'w:pBdr': 'top left bottom right between bar',
  'w:tblBorders': 'top left start bottom right end insideH insideV',
  'w:tcMar': 'top left start bottom right end',
  'w:sectPr':
    'headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings',
  'w:p': 'pPr *',
  'w:r': 'rPr *',
  'w:body': '* sectPr',
  'w:font': 'altName panose1 charset family notTrueType pitch sig',
  'w:style':
    'name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked rsid pPr rPr tblPr trPr tcPr tblStylePr',
  'w:styles': 'docDefaults latentStyles style',
};

/** What of an element stands where the schema does not let it; nothing for those that our table does not have. */
export function outOfOrder({ name, children }: Element): string[] {
  const allowed = order[name]?.split(' ');
  if (!allowed) return [];
  let at = 0;
  return children.flatMap((child) => {
    const found = allowed.indexOf(child.name.slice(2), 0);
    const place = found >= 0 ? found : allowed.indexOf('*');
    if (place < at || place < 0) return [`${child.name} in ${name}`];
    at = place;
    return [];
  });
}

/** Whole numbers, as the first edition has them: measures with a unit are read by newer programs only. */
const whole = new Set([
  ...['w:sz/w:val', 'w:szCs/w:val', 'w:spacing/w:line', 'w:spacing/w:before', 'w:spacing/w:after'],
  ...['w:spacing/w:val', 'w:ind/w:left', 'w:ind/w:right', 'w:ind/w:firstLine', 'w:tab/w:pos', 'w:tcW/w:w'],
  ...['w:tblW/w:w', 'w:pgSz/w:w', 'w:pgSz/w:h', 'w:gridCol/w:w', 'w:trHeight/w:val', 'w:gridSpan/w:val'],
]);

/** Attributes whose value is no whole number where one is wanted. */
export function noNumbers({ name, attributes }: Element): string[] {
  return Object.entries(attributes).flatMap(([key, value]) =>
    whole.has(`${name}/${key}`) && !/^-?\d+$/.test(value) ? [`${name} ${key}="${value}"`] : [],
  );
}
