import { sql } from 'kysely';
import t from 'tap';
import { up as first } from '../../migrations/0001_first.ts';
import { up as imports } from '../../migrations/0002_imports.ts';
import { addImport } from '../../src/actions/add-import.ts';
import { discardImport } from '../../src/actions/discard-import.ts';
import { editOutline, editRows } from '../../src/actions/edit-outline.ts';
import { parseAgain } from '../../src/actions/parse-again.ts';
import { publishConsultation } from '../../src/actions/publish-consultation.ts';
import { readWaitingImports } from '../../src/actions/read-imports.ts';
import { saveAnnouncement } from '../../src/actions/save-announcement.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { redoEdit, undoEdit } from '../../src/actions/undo-edit.ts';
import { draftWork, hasWork } from '../../src/db/draft-work.ts';
import { importById } from '../../src/db/imports.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import type { Db } from '../../src/db/session.ts';
import { type FileReader, ReadingRefused, readAtOnce } from '../../src/domain/import.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import type { OutlineEdit } from '../../src/domain/outline-edit.ts';
import { autoSettings } from '../../src/domain/parse/settings.ts';
import { isWorkingDay } from '../../src/workdays.ts';
import { consultationOf } from '../consultation.ts';
import { openTestDatabase } from '../database.ts';
import { paste } from '../fixtures/paste.ts';
import { plainReader } from '../reader.ts';
import { type TestSite, testSite } from '../support.ts';

type T = Parameters<typeof testSite>[0];
type Officer = NonNullable<TestSite['officers'][string]>;

const annex = '附件1\n\n湖泊名录\n\n镜湖、白鹭湖。';
const bytes = (text: string) => new TextEncoder().encode(text);
const file = (text: string, name = '名录.txt') => ({ name, bytes: bytes(text) });

/** A consultation made from our paste, and short ways to work on its draft. */
async function preparing(t: T, source = paste()) {
  const site = await testSite(t);
  const { db, clock, officers } = site;
  const officer = officers['caseworker'] as Officer;
  const id = await startConsultation(db, { officer, kind: 'other', source }, clock());
  const page = async () => ({ officer, id, revision: (await consultationOf(db, officer, id)).revision });
  const work = async () => {
    const found = await draftWork(db, id);
    if (!found) throw new Error('no work');
    return found;
  };
  const edit = async (one: OutlineEdit) => editOutline(db, { ...(await page()), edit: one }, clock());
  const undo = async () => undoEdit(db, await page(), clock());
  const redo = async () => redoEdit(db, await page(), clock());
  return { ...site, officer, id, page, work, edit, undo, redo };
}

t.test('a paste is a draft at once, and the announcement says what it found', async (t) => {
  const { work, db, officer, id } = await preparing(t);
  const { imports, undo } = await work();
  t.match(imports, [{ kind: 'paste', state: 'ready', found: { announcement: { fields: { title: {} } } } }]);
  t.match(undo, { what: 'imported' });
  t.ok((await work()).blocks.some(({ label }) => label === '第三条'));
  t.match((await consultationOf(db, officer, id)).announcement, { agencyName: /水务局/, mailbox: /@/ });
});

t.test('a file is read in the background: then its blocks and the announcement are there', async (t) => {
  const { db, clock, readImports, officer } = await preparing(t);
  const before = await startConsultation(
    db,
    { officer, kind: 'other', file: file(paste(), '公告.txt') },
    clock(),
  );
  t.match(await draftWork(db, before), { blocks: [], imports: [{ state: 'waiting', name: '公告.txt' }] });
  t.equal(await readImports(), 1);
  t.match(await draftWork(db, before), { imports: [{ state: 'ready', kind: 'txt', percent: 100 }] });
  t.match((await consultationOf(db, officer, before)).announcement, { mailbox: /@/, contactPerson: /./ });
  const { rows } = await sql<{
    n: number;
  }>`select count(*) as n from draft_imports where bytes is not null`.execute(db);
  t.equal(rows[0]?.n, 0, 'the file itself is not kept');
  t.equal(await readImports(), 0);
});

t.test('a long text waits for the reader, too', async (t) => {
  const { db, id, officer, clock, work, readImports } = await preparing(t);
  const source = `第一条 ${'长'.repeat(readAtOnce)}`;
  await addImport(db, { officer, id, source }, clock());
  t.equal((await work()).imports.at(-1)?.state, 'waiting');
  await readImports();
  t.equal((await work()).blocks.at(-1)?.label, '第一条');
});

t.test('a second import comes behind the first and overwrites no field of the announcement', async (t) => {
  const { db, id, officer, clock, work } = await preparing(t);
  const before = await work();
  const { announcement } = await consultationOf(db, officer, id);
  await addImport(db, { officer, id, source: annex }, clock());
  const after = await work();
  t.same(after.blocks.slice(0, before.blocks.length), before.blocks);
  t.match(after.blocks.slice(before.blocks.length), [{ kind: 'annex', importId: after.imports[1]?.id }]);
  t.same((await consultationOf(db, officer, id)).announcement, announcement);
});

t.test('a file that cannot be read leaves a reason and nothing else, and can be put away', async (t) => {
  const { db, id, officer, clock, work, page, readImports } = await preparing(t);
  const { blocks } = await work();
  const importId = await addImport(db, { officer, id, file: file('') }, clock());
  const { revision } = await page();
  await readImports();
  const after = await work();
  t.match(after.imports.at(-1), { id: importId, state: 'failed', refusal: 'empty' });
  t.same(after.blocks, blocks);
  t.equal((await page()).revision, revision, 'no page went stale');
  t.match((await ledgerOf(db, id))[0], { what: 'importFailed', detail: { refusal: 'empty' } });
  await discardImport(db, { ...(await page()), importId }, clock());
  t.equal((await work()).imports.length, 1);
});

t.test('what a reader that died had begun is read again by another, once', async (t) => {
  const { db, id, officer, clock, work, readImports } = await preparing(t);
  await addImport(db, { officer, id, file: file(annex) }, clock());
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  const slow: FileReader = {
    ...plainReader,
    async read(...all) {
      await promise;
      return plainReader.read(...all);
    },
  };
  const late = readWaitingImports(db, slow, clock);
  while ((await work()).imports.at(-1)?.state !== 'reading') await new Promise(setImmediate);
  t.equal(await readImports(), 0, 'while it is leased nobody else takes it');
  clock.set(new Date(clock().getTime() + 181_000));
  t.equal(await readImports(), 1);
  const { blocks } = await work();
  resolve();
  await late;
  t.same((await work()).blocks, blocks, 'the late one adds nothing');
});

t.test('a reader that fails gives the import back, but not for ever', async (t) => {
  const { db, id, officer, clock, work } = await preparing(t);
  await addImport(db, { officer, id, file: file(annex) }, clock());
  const broken: FileReader = { ...plainReader, read: () => Promise.reject(new Error('out of order')) };
  for (let times = 0; times < 4; times += 1) {
    await t.rejects(readWaitingImports(db, broken, clock), /out of order/);
    t.equal((await work()).imports.at(-1)?.state, 'waiting');
  }
  await readWaitingImports(db, broken, clock);
  t.match((await work()).imports.at(-1), { state: 'failed', refusal: 'corrupt' });
});

t.test('progress is stored at most once a second', async (t) => {
  const { db, id, officer, clock } = await preparing(t);
  const importId = await addImport(db, { officer, id, file: file(annex) }, clock());
  const seen: (number | undefined)[] = [];
  // It is written beside the reading: asked again until it is there.
  const storedPercent = async (expected: number) => {
    let percent: number | undefined;
    for (let asked = 0; asked < 500 && percent !== expected; asked++) {
      await new Promise(setImmediate);
      percent = (await importById(db, id, importId))?.percent;
    }
    return percent;
  };
  const reader: FileReader = {
    ...plainReader,
    async read(...all) {
      for (const [percent, ms, stored] of [
        [10, 0, 0],
        [20, 1_000, 20],
        [30, 500, 20],
        [40, 600, 40],
      ] as const) {
        clock.set(new Date(clock().getTime() + ms));
        all[3](percent);
        seen.push(await storedPercent(stored));
      }
      return plainReader.read(...all);
    },
  };
  await readWaitingImports(db, reader, clock);
  t.same(seen, [0, 20, 20, 40]);
});

t.test('every edit can be undone and done again, and a new one leaves the other way', async (t) => {
  const { work, edit, undo, redo } = await preparing(t);
  const start = (await work()).blocks;
  const at = start.findIndex(({ label }) => label === '第三条');
  t.same(await edit({ kind: 'indent', at }), { at });
  const once = (await work()).blocks;
  await edit({ kind: 'drop', at: 0 });
  const twice = (await work()).blocks;
  t.match(await edit({ kind: 'split', at: 0, offset: 0 }), { issue: { key: 'nothingToSplit' } });
  t.ok(await undo());
  t.same((await work()).blocks, once);
  t.match(await work(), { undo: { what: 'indent' }, redo: { what: 'drop' } });
  t.ok(await redo());
  t.same((await work()).blocks, twice);
  await undo();
  await undo();
  t.same((await work()).blocks, start);
  await edit({ kind: 'drop', at: 1 });
  t.equal((await work()).redo, null);
  t.equal(await redo(), false);
  await undo();
  await undo();
  t.match(await work(), { blocks: [], undo: null }, 'up to the empty draft');
  t.equal(await undo(), false);
});

t.test('many rows are changed as one edit, and none when nothing differs', async (t) => {
  const { db, clock, page, work, undo } = await preparing(t);
  const { blocks, editId } = await work();
  const rows = blocks.map(({ kind, level, label, heading, text }, at) => ({
    at,
    kind,
    level,
    label,
    heading,
    text,
  }));
  t.same(await editRows(db, { ...(await page()), rows }, clock()), { changed: 0 });
  t.equal((await work()).editId, editId);
  const changed = rows.map((row) => (row.kind === 'clause' ? { ...row, text: `改${row.text}` } : row));
  t.same(await editRows(db, { ...(await page()), rows: changed }, clock()), {
    changed: rows.filter(({ kind }) => kind === 'clause').length,
  });
  t.match(await work(), { undo: { what: 'table' } });
  const bad = rows.map((row) => ({ ...row, kind: 'clause' as const, level: null }));
  t.match(await editRows(db, { ...(await page()), rows: bad }, clock()), {
    issue: { key: 'clauseNeedsLevel', values: { row: 1 } },
  });
  await undo();
  t.same((await work()).blocks, blocks);
});

t.test('an import is discarded without the others, and undoing brings it back', async (t) => {
  const { db, id, officer, clock, page, work, edit, undo } = await preparing(t);
  const second = await addImport(db, { officer, id, source: annex }, clock());
  await edit({ kind: 'set', at: 0, text: '改过的' });
  const both = await work();
  const [main] = both.imports;
  await discardImport(db, { ...(await page()), importId: main?.id ?? 0 }, clock());
  const after = await work();
  t.same(new Set(after.blocks.map(({ importId }) => importId)), new Set([second]));
  t.match(after.imports, [
    { id: second, state: 'ready' },
    { id: main?.id, state: 'discarded' },
  ]);
  await undo();
  const back = await work();
  t.same(back.blocks, both.blocks);
  t.same(back.imports, both.imports);
});

t.test(
  'parsed again with other settings, an import keeps its place and the others their edits',
  async (t) => {
    const { db, id, officer, clock, page, work, undo, edit } = await preparing(t);
    const second = await addImport(db, { officer, id, source: annex }, clock());
    await edit({ kind: 'set', at: (await work()).blocks.length - 1, text: '改过的' });
    const before = await work();
    const [main] = before.imports;
    const again = { importId: main?.id ?? 0, settings: { ...autoSettings, family: 'none' as const } };
    t.equal(await parseAgain(db, { ...(await page()), ...again }, clock()), main?.id);
    const after = await work();
    t.equal(
      after.blocks.filter(({ importId, kind }) => importId === main?.id && kind === 'clause').length,
      0,
    );
    t.same(after.blocks.at(-1), { ...before.blocks.at(-1), parent: after.blocks.at(-1)?.parent });
    t.match(after.imports, [{ id: main?.id, settings: { family: 'none' } }, { id: second }]);
    await undo();
    t.same((await work()).blocks, before.blocks);
    t.match((await work()).imports, [{ settings: autoSettings }, {}]);
  },
);

t.test(
  'a corrected text stands in the place of the old one, and undoing brings the old one back',
  async (t) => {
    const { db, id, officer, clock, page, work, undo } = await preparing(t);
    await addImport(db, { officer, id, source: annex }, clock());
    const before = await work();
    const input = { importId: before.imports[0]?.id ?? 0, settings: autoSettings, text: '第一条 只有一条。' };
    const fresh = await parseAgain(db, { ...(await page()), ...input }, clock());
    t.match((await work()).blocks, [{ importId: fresh, label: '第一条' }, { kind: 'annex' }]);
    t.equal((await importById(db, id, fresh))?.text, input.text);
    await undo();
    t.same((await work()).blocks, before.blocks);
  },
);

t.test('a long text parsed again stays as it is until the reader has come to it', async (t) => {
  const { db, id, officer, clock, page, work, readImports } = await preparing(t);
  const source = `第一条 ${'长'.repeat(readAtOnce)}`;
  const importId = await addImport(db, { officer, id, source }, clock());
  await readImports();
  const before = await work();
  const again = { importId, settings: { ...autoSettings, family: 'none' as const } };
  await parseAgain(db, { ...(await page()), ...again }, clock());
  t.match(await work(), { blocks: before.blocks, imports: [{}, { state: 'waiting' }] });
  await rejectsWith(t, parseAgain(db, { ...(await page()), ...again }, clock()), 'importNotRead');
  const tooLong: FileReader = {
    ...plainReader,
    parse: () => Promise.reject(new ReadingRefused('tookTooLong')),
  };
  await readWaitingImports(db, tooLong, clock);
  t.match(await work(), {
    blocks: before.blocks,
    imports: [{}, { state: 'failed', refusal: 'tookTooLong' }],
  });
  await parseAgain(db, { ...(await page()), ...again }, clock());
  await readImports();
  t.match((await work()).blocks.at(-1), { kind: 'paragraph', importId });
});

t.test('nobody overwrites what somebody else did, and only those who may prepare', async (t) => {
  const { db, id, clock, page, edit, officers } = await preparing(t);
  const old = await page();
  await edit({ kind: 'drop', at: 0 });
  const importId = (await draftWork(db, id))?.imports[0]?.id ?? 0;
  await rejectsWith(t, editOutline(db, { ...old, edit: { kind: 'drop', at: 1 } }, clock()), 'stale');
  await rejectsWith(t, undoEdit(db, old, clock()), 'stale');
  await rejectsWith(t, discardImport(db, { ...old, importId }, clock()), 'stale');
  await rejectsWith(t, parseAgain(db, { ...old, importId, settings: autoSettings }, clock()), 'stale');
  const unknown = { ...(await page()), importId: importId + 99 };
  await rejectsWith(t, discardImport(db, unknown, clock()), 'notAllowed');
  for (const login of ['approver', 'other'] as const) {
    const officer = officers[login] as Officer;
    await rejectsWith(t, undoEdit(db, { ...(await page()), officer }, clock()), 'notAllowed');
    await rejectsWith(t, addImport(db, { officer, id, source: annex }, clock()), 'notAllowed');
  }
});

t.test('publishing waits for imports, ends the work and keeps its last hundred edits', async (t) => {
  const { db, id, officer, clock, page, edit, work, readImports } = await preparing(t);
  const { kind, opensAt, announcement, asks, showsComments } = await consultationOf(db, officer, id);
  const closesAt = new Date('2026-04-10T18:00:00+08:00');
  const saved = { kind, opensAt, closesAt, announcement, asks, showsComments };
  await saveAnnouncement(db, { ...(await page()), ...saved }, clock());
  for (let times = 0; times < 60; times += 1)
    for (const each of ['drop', 'restore'] as const) await edit({ kind: each, at: 0 });
  const importId = await addImport(db, { officer, id, file: file(annex) }, clock());
  const publish = async () => publishConsultation(db, await page(), isWorkingDay, clock());
  t.match(await publish(), { issues: [{ key: 'importsUnread' }] });
  await readImports();
  const { editId } = await work();
  t.match(await publish(), { number: /^2026-/ });
  t.equal(await hasWork(db, id), false);
  const { rows } = await sql<{ id: number }>`select id from draft_edits order by id desc`.execute(db);
  t.match([rows.length, rows[0]?.id], [100, editId]);
  const { source } = await db.selectFrom('drafts').select('source').executeTakeFirstOrThrow();
  t.equal(source, `${paste()}\n${annex}`);
  const given = await db.selectFrom('draft_imports').select('draft_id').execute();
  t.ok(given.every((each) => each.draft_id !== null));
  await rejectsWith(t, undoEdit(db, await page(), clock()), 'alreadyPublished');
  await rejectsWith(t, addImport(db, { officer, id, source: annex }, clock()), 'alreadyPublished');
  await t.rejects(sql`delete from draft_edits where id = ${editId}`.execute(db), /keeps the last 100/);
  await t.rejects(sql`update draft_edits set what = 'set'`.execute(db), /insert-only/);
  t.equal((await importById(db, id, importId))?.id, undefined);
});

t.test('the draft that was worked on before several imports were possible is carried over', async (t) => {
  const { db } = await openTestDatabase(t);
  await sql`drop schema public cascade`.execute(db);
  await sql`create schema public`.execute(db);
  await first(db as never);
  await fillOld(db);
  await imports(db as never);
  const unpublished = await draftWork(db, 1);
  t.match(unpublished, {
    blocks: [
      { kind: 'title', text: '清源县办法', importId: 1 },
      { label: '第一条', parent: null, importId: 1 },
    ],
    imports: [{ id: 1, kind: 'paste', state: 'ready', settings: autoSettings, found: null }],
    undo: null,
  });
  t.equal((await importById(db, 1, 1))?.text, '清源县办法\n第一条 甲。');
  t.equal(await draftWork(db, 2), undefined, 'a published one has its text in its draft');
  t.same((await draftWork(db, 3))?.blocks, []);
});

async function fillOld(db: Db): Promise<void> {
  const blocks = [
    {
      kind: 'title',
      level: null,
      parent: null,
      label: '',
      heading: '',
      text: '清源县办法',
      rows: null,
      lines: [1, 1],
    },
    {
      kind: 'clause',
      level: 'article',
      parent: null,
      label: '第一条',
      heading: '',
      text: '甲。',
      rows: null,
      lines: [2, 2],
    },
  ];
  const at = new Date('2026-03-01T09:00:00+08:00');
  await sql`insert into agencies (name, short_name, created_at) values ('清源县水务局', '县水务局', ${at})`.execute(
    db,
  );
  await sql`insert into officers (agency_id, login, name, role, created_at) values (1, 'a', '甲', 'caseworker', ${at})`.execute(
    db,
  );
  await sql`insert into consultations (number, agency_id, kind, created_by, created_at, opens_at, closes_at, published_at)
    values ('1', 1, 'other', 1, ${at}, null, null, null), ('2', 1, 'other', 1, ${at}, ${at}, ${new Date(at.getTime() + 1)}, ${at}),
      ('3', 1, 'other', 1, ${at}, null, null, null)`.execute(db);
  await sql`insert into draft_work (consultation_id, source, outline, updated_at)
    values (1, ${'清源县办法\n第一条 甲。'}, ${JSON.stringify(blocks)}::jsonb, ${at}), (2, '乙', '[]', ${at}),
      (3, '', '[]', ${at})`.execute(db);
}

async function rejectsWith(t: T, work: Promise<unknown>, rule: string): Promise<void> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  t.ok(error instanceof RuleBroken && error.rule === rule, `refused as ${rule}, not ${String(error)}`);
}
