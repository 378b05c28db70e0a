import path from 'node:path';
import t, { type Test } from 'tap';
import type { OfficialDocument } from '../../src/domain/official-document.ts';
import { writeDocx } from '../../src/print/docx/write.ts';
import { blankForm, longParagraph, sampleDocument, sampleTable, wideTable } from './documents.ts';
import { type Element, noNumbers, openPackage, outOfOrder, within } from './ooxml.ts';

// No schema of OOXML comes with a package: what follows is as strict about all that our files use (ECMA-376, parts 1 and 2).
const samples: Readonly<Record<string, OfficialDocument>> = {
  'a letter': sampleDocument({
    ...{
      number: '清征〔2026〕3号',
      addressee: '各位群众：',
      paragraphs: ['一、总则', '（一）目的', longParagraph],
    },
    annexes: ['附件：意见采纳情况表'],
  }),
  'a letter with a table': sampleDocument({ table: sampleTable(30) }),
  'three seals': sampleDocument({ sealed: true, signatures: ['县水务局', '县发展改革局', '县财政局'] }),
  'a form': blankForm(),
  'a table on its side': wideTable(5),
  'control characters and marks': sampleDocument({
    title: '“<&>”',
    paragraphs: ['\u0001\u000b<a>&amp;\ufffe'],
  }),
};

for (const [name, document] of Object.entries(samples))
  t.test(`the Word file of ${name} keeps to the standard`, async (t) => {
    const { paths, trees } = await openPackage(await writeDocx(document));
    hasContentTypes(t, paths, trees);
    hasRelations(t, paths, trees);
    const all = [...trees.values()].flatMap((tree) => [...within(tree)]);
    t.same([...new Set(all.flatMap(outOfOrder))], [], 'elements stand in the order of the schema');
    t.same([...new Set(all.flatMap(noNumbers))], [], 'measures are whole numbers');
    const body = trees.get('word/document.xml');
    if (!body) throw new Error('no body');
    hasWholeTables(t, body);
    namesWhatIsThere(t, body, trees);
  });

function hasContentTypes(t: Test, paths: readonly string[], trees: ReadonlyMap<string, Element>): void {
  const types = trees.get('[Content_Types].xml')?.children ?? [];
  const endings = types
    .filter(({ name }) => name === 'Default')
    .map(({ attributes }) => attributes['Extension']);
  const parts = types
    .filter(({ name }) => name === 'Override')
    .map(({ attributes }) => attributes['PartName']);
  for (const each of paths.filter((one) => one !== '[Content_Types].xml' && !one.endsWith('/')))
    t.ok(parts.includes(`/${each}`) || endings.includes(each.split('.').at(-1)), `${each} has a type`);
  for (const part of parts) t.ok(paths.includes(String(part).slice(1)), `${part} is there`);
}

function hasRelations(t: Test, paths: readonly string[], trees: ReadonlyMap<string, Element>): void {
  for (const [file, tree] of trees) {
    if (!file.endsWith('.rels')) continue;
    const folder = path.posix.dirname(path.posix.dirname(file));
    const source = trees.get(path.posix.join(folder, path.posix.basename(file, '.rels')));
    const used = source ? usedIn(source) : [];
    const ids = tree.children.map(({ attributes }) => attributes['Id']);
    t.equal(new Set(ids).size, ids.length, `${file}: each id once`);
    for (const id of used) t.ok(ids.includes(id), `${file}: ${id} is there`);
    for (const { attributes } of tree.children) {
      if (attributes['TargetMode'] === 'External') continue;
      const target = String(attributes['Target']);
      const at = target.startsWith('/') ? target.slice(1) : path.posix.join(folder, target);
      t.ok(paths.includes(at), `${file}: ${target} is there`);
    }
  }
}

function usedIn(tree: Element): string[] {
  return [...within(tree)].flatMap(({ attributes }) =>
    Object.entries(attributes).flatMap(([name, value]) => (/^r:(id|embed|link)$/.test(name) ? [value] : [])),
  );
}

function hasWholeTables(t: Test, body: Element): void {
  for (const table of [...within(body)].filter(({ name }) => name === 'w:tbl')) {
    const columns = table.children.find(({ name }) => name === 'w:tblGrid')?.children.length ?? 0;
    for (const row of table.children.filter(({ name }) => name === 'w:tr')) {
      const cells = row.children.filter(({ name }) => name === 'w:tc');
      const wide = cells.reduce((sum, cell) => sum + spanOf(cell), 0);
      if (wide !== columns) t.fail(`a row of ${wide} in a table of ${columns}`);
      for (const cell of cells)
        if (cell.children.at(-1)?.name !== 'w:p') t.fail('a cell ends in a paragraph');
    }
  }
}

function spanOf(cell: Element): number {
  const span = [...within(cell)].find(({ name }) => name === 'w:gridSpan');
  return Number(span?.attributes['w:val'] ?? 1);
}

function namesWhatIsThere(t: Test, body: Element, trees: ReadonlyMap<string, Element>): void {
  const values = (tree: Element | undefined, name: string, key: string) =>
    tree ? [...within(tree)].flatMap((each) => (each.name === name ? [each.attributes[key]] : [])) : [];
  const styles = values(trees.get('word/styles.xml'), 'w:style', 'w:styleId');
  for (const name of ['w:pStyle', 'w:rStyle', 'w:tblStyle'])
    for (const style of values(body, name, 'w:val')) t.ok(styles.includes(style), `style ${style}`);
  const lists = values(trees.get('word/numbering.xml'), 'w:num', 'w:numId');
  for (const list of values(body, 'w:numId', 'w:val')) t.ok(lists.includes(list), `list ${list}`);
  const fonts = values(trees.get('word/fontTable.xml'), 'w:font', 'w:name');
  for (const key of ['w:ascii', 'w:eastAsia', 'w:hAnsi'])
    for (const font of values(body, 'w:rFonts', key)) t.ok(fonts.includes(font), `font ${font}`);
}
