import * as fc from 'fast-check';
import t from 'tap';
import { blockKinds, levels } from '../../src/domain/outline.ts';
import {
  applyEdit,
  nested,
  type OutlineEdit,
  placeAfter,
  type WorkBlock,
} from '../../src/domain/outline-edit.ts';
import { addressesOf } from '../../src/domain/parse/address.ts';
import { parseOutline } from '../../src/domain/parse/outline.ts';
import { withImport, withoutImport } from '../../src/domain/work-imports.ts';

const law = `清源县湖泊保护办法

第一章　总　则

第一条　为了保护湖泊，制定本办法。
本办法所称湖泊，是指名录内的湖泊。

第二条　湖泊保护应当做到：
（一）统一规划；
（二）分级负责。

第二章　职　责

第三条　水务部门负责日常管理。`;

const draft = work(law);

t.test('a row that is split has a second half of the same kind, its label read from the text', async (t) => {
  const at = place('湖泊保护应当');
  const changed = after({ kind: 'set', at, text: '甲部门负责。第二条之一 乙部门配合。' });
  const halves = blocksOf(applyEdit(changed, { kind: 'split', at, offset: 6 })).slice(at, at + 2);
  t.match(halves, [
    { kind: 'clause', level: 'article', label: '第二条', text: '甲部门负责。' },
    { kind: 'clause', level: 'article', label: '第二条之一', text: '乙部门配合。' },
  ]);
});

t.test('the second half without a label is the next paragraph of its article', async (t) => {
  const at = place('水务部门');
  const halves = after({ kind: 'split', at, offset: 4 }).slice(at, at + 2);
  t.match(halves, [
    { level: 'article', text: '水务部门' },
    { level: 'paragraph', label: '', text: '负责日常管理。', parent: at },
  ]);
});

t.test('nothing is split off that would be empty, and no character is cut in two', async (t) => {
  const at = place('水务部门');
  t.match(applyEdit(draft, { kind: 'split', at, offset: 99 }), { key: 'nothingToSplit' });
  const rare = after({ kind: 'set', at, text: '甲𠮷乙' });
  t.match(blocksOf(applyEdit(rare, { kind: 'split', at, offset: 2 })).slice(at, at + 2), [
    { text: '甲' },
    { text: '𠮷乙' },
  ]);
});

t.test('joining takes the label of the next row along, and undoes a split', async (t) => {
  const at = place('统一规划');
  t.equal(after({ kind: 'join', at })[at]?.text, '统一规划；\n（二）分级负责。');
  const whole = place('水务部门');
  const split = after({ kind: 'split', at: whole, offset: 4 });
  t.same(applyEdit(split, { kind: 'join', at: whole }), draft);
});

t.test('a heading that was broken over two rows is one again', async (t) => {
  const blocks = work('第一章 监督管理\n\n第一条 甲。');
  const broken = nested([
    { ...(blocks[0] as WorkBlock), heading: '监督' },
    { ...(blocks[0] as WorkBlock), kind: 'paragraph', level: null, label: '', heading: '', text: '管理' },
    ...blocks.slice(1),
  ]);
  t.match(applyEdit(broken, { kind: 'join', at: 0 }), [{ heading: '监督管理', text: '' }, {}]);
});

t.test('rows of different imports, and a table with a text, are not joined; tables are', async (t) => {
  const other = nested([...draft, { ...(draft[0] as WorkBlock), importId: 8 }]);
  t.match(applyEdit(other, { kind: 'join', at: draft.length - 1 }), { key: 'joinAcrossImports' });
  t.match(applyEdit(draft, { kind: 'join', at: draft.length - 1 }), { key: 'nothingToJoin' });
  const tables = nested([table([['甲', '1']]), table([['乙', '2']]), draft[1] as WorkBlock]);
  t.match(applyEdit(tables, { kind: 'join', at: 1 }), { key: 'joinWithTable' });
  const one = blocksOf(applyEdit(tables, { kind: 'join', at: 0 }));
  t.same(one[0]?.rows, [
    ['甲', '1'],
    ['乙', '2'],
  ]);
  t.same(blocksOf(applyEdit(one, { kind: 'split', at: 0, offset: 1 })), tables);
});

t.test('a table that becomes text and a table again keeps its cells', async (t) => {
  const one = nested([
    table([
      ['序号', '名称'],
      ['1', '镜湖'],
    ]),
  ]);
  const text = blocksOf(applyEdit(one, { kind: 'set', at: 0, blockKind: 'paragraph' }));
  t.match(text, [{ kind: 'paragraph', rows: null, text: '序号\t名称\n1\t镜湖' }]);
  t.same(applyEdit(text, { kind: 'set', at: 0, blockKind: 'table' }), one);
  t.same(
    applyEdit(one, { kind: 'set', at: 0, text: '', heading: '' }),
    one,
    'also when a form sends its empty text',
  );
  t.match(applyEdit(one, { kind: 'set', at: 0, text: '说明' }), { key: 'tableNeedsRows' });
  const typed = applyEdit(one, { kind: 'set', at: 0, text: '| 序号 |\n| 2 |' });
  t.match(typed, [{ kind: 'table', text: '', rows: [['序号'], ['2']] }]);
});

t.test('a row moves with what is below it, and says where it stands then', async (t) => {
  const [from, to] = [place('湖泊保护应当'), draft.length];
  const edit: OutlineEdit = { kind: 'move', at: from, to };
  const moved = after(edit);
  t.same(
    moved.slice(-4).map(({ label }) => label),
    ['第三条', '第二条', '（一）', '（二）'],
  );
  t.equal(moved[placeAfter(draft, edit)]?.label, '第二条');
  t.match(applyEdit(draft, { kind: 'move', at: from, to: from + 1 }), { key: 'moveIntoItself' });
  t.match(applyEdit(draft, { kind: 'move', at: from, to: 99 }), { key: 'noSuchRow' });
  t.same(applyEdit(moved, { kind: 'move', at: placeAfter(draft, edit), to: from }), draft);
});

t.test('a level goes up and down within its family, and what stands below follows', async (t) => {
  const at = place('湖泊保护应当');
  t.match(after({ kind: 'indent', at })[at], { level: 'paragraph' });
  t.match(applyEdit(draft, { kind: 'indent', at: 0 }), { key: 'notAClause' });
  const part = after({ kind: 'set', at, level: 'part' });
  t.match(applyEdit(part, { kind: 'outdent', at }), { key: 'noFurtherLevel' });
  const deepest = after({ kind: 'set', at, level: 'point' });
  t.match(applyEdit(deepest, { kind: 'indent', at }), { key: 'noFurtherLevel' }, '一、 is no level below 目');
  t.match(applyEdit(draft, { kind: 'set', at: 0, blockKind: 'clause' }), { key: 'clauseNeedsLevel' });
});

t.test('what is dropped is kept as furniture and comes back as it was', async (t) => {
  const at = place('统一规划');
  const dropped = after({ kind: 'drop', at });
  t.match(dropped[at], { kind: 'furniture', level: null, text: '统一规划；' });
  t.same(applyEdit(dropped, { kind: 'restore', at }), draft);
  t.same(after({ kind: 'set', at, blockKind: 'furniture' }), dropped, 'as by the choice of its kind');
});

t.test('a line taken for furniture becomes a clause with the label it begins with', async (t) => {
  const blocks = nested([{ ...(draft[0] as WorkBlock), kind: 'furniture', text: '第九条 甲。' }]);
  const line = blocksOf(applyEdit(blocks, { kind: 'restore', at: 0 }));
  t.match(line, [{ kind: 'paragraph', text: '第九条 甲。' }]);
  const clause = applyEdit(line, { kind: 'set', at: 0, blockKind: 'clause', level: 'article' });
  t.match(clause, [{ kind: 'clause', level: 'article', label: '第九条', text: '甲。' }]);
});

t.test('no edit loses or doubles a visible character, orphans a row or repeats an address', async () => {
  await fc.assert(
    fc.property(fc.array(edits, { maxLength: 12 }), (all) => {
      let blocks: readonly WorkBlock[] = rich;
      for (const edit of all) {
        const changed = applyEdit(blocks, { ...edit, at: edit.at % blocks.length } as OutlineEdit);
        if (!Array.isArray(changed)) continue;
        if (edit.kind === 'move') sameLetters(lettersOf(changed).sort(), lettersOf(blocks).sort());
        else sameLetters(lettersOf(changed), lettersOf(blocks));
        blocks = changed;
        isTree(blocks);
      }
    }),
  );
});

t.test('an import is taken out and read again without the others', async (t) => {
  const settings = { whole: 'auto', family: 'auto', lines: 'auto' } as const;
  const use = (importId: number) => ({ importId, settings, found: null });
  const annex = parseOutline('附件：湖泊名录\n\n镜湖');
  const first = withImport({ blocks: [], used: [] }, use(7), parseOutline(law).blocks, 7);
  t.same(first.blocks, draft);
  const both = withImport(first, use(8), annex.blocks, 8);
  const edited = {
    ...both,
    blocks: blocksOf(applyEdit(both.blocks, { kind: 'set', at: 0, text: '改过的标题' })),
  };
  const without = withoutImport(edited, 7);
  t.same(without.blocks, nested(annex.blocks.map((block) => ({ ...block, importId: 8 }))));
  t.same(withoutImport(edited, 8).blocks, edited.blocks.slice(0, draft.length), 'with what was edited');
  const corrected = withImport(edited, use(9), parseOutline('第一条 甲。').blocks, 7);
  t.same(
    corrected.blocks.map(({ importId }) => importId),
    [9, ...annex.blocks.map(() => 8)],
    'a corrected text stands where the old one stood',
  );
  t.same(
    corrected.used.map(({ importId }) => importId),
    [9, 8],
  );
});

const rich = nested([
  ...draft,
  table([
    ['甲', '1'],
    ['乙', '2'],
    ['丙', '3'],
  ]),
  ...work(
    '关于湖泊保护的意见\n\n一、总体要求\n\n（一）指导思想。以保护为先。统筹治理。\n\n1.规划先行。\n\n2.分级负责。',
  ),
]);
const at = fc.nat(60);
const edits: fc.Arbitrary<OutlineEdit> = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    at,
    blockKind: fc.constantFrom(...blockKinds),
    level: fc.constantFrom(...levels, null),
  }),
  fc.record({ kind: fc.constant('split' as const), at, offset: fc.nat(20) }),
  fc.record({ kind: fc.constant('join' as const), at }),
  fc.record({ kind: fc.constant('move' as const), at, to: fc.nat(20) }),
  fc.record({ kind: fc.constantFrom('indent' as const, 'outdent' as const), at }),
  fc.record({ kind: fc.constantFrom('drop' as const, 'restore' as const), at }),
);

function work(text: string): WorkBlock[] {
  return nested(parseOutline(text).blocks.map((block) => ({ ...block, importId: 7 })));
}

function table(rows: string[][]): WorkBlock {
  const [first] = draft;
  return { ...(first as WorkBlock), kind: 'table', text: '', rows, parent: null };
}

function place(words: string): number {
  return draft.findIndex(({ text }) => text.startsWith(words));
}

function blocksOf(result: ReturnType<typeof applyEdit>): WorkBlock[] {
  if (!Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
}

function after(edit: OutlineEdit): WorkBlock[] {
  return blocksOf(applyEdit(draft, edit));
}

/** Every visible character in order, without the marks that only show where a heading ends. */
function lettersOf(blocks: readonly WorkBlock[]): string[] {
  return blocks.flatMap(({ label, heading, text, rows }) => [
    ...[label, heading, text, ...(rows?.flat() ?? [])].join('').replace(/[\s。【】]/gu, ''),
  ]);
}

function sameLetters(one: readonly string[], other: readonly string[]): void {
  if (one.join('') !== other.join('')) throw new Error(`${other.join('')} became ${one.join('')}`);
}

function isTree(blocks: readonly WorkBlock[]): void {
  blocks.forEach(({ parent }, index) => {
    if (parent !== null && parent >= index) throw new Error(`row ${index} stands before its parent`);
  });
  if (new Set(addressesOf(blocks)).size < blocks.length) throw new Error('an address twice');
}
