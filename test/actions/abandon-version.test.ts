import t, { type Test } from 'tap';
import { abandonVersion } from '../../src/actions/abandon-version.ts';
import { addImport } from '../../src/actions/add-import.ts';
import { correctLink } from '../../src/actions/correct-link.ts';
import { editRows } from '../../src/actions/edit-outline.ts';
import { mapVersions } from '../../src/actions/map-versions.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { draftWork, hasWork } from '../../src/db/draft-work.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { versionsOf } from '../../src/db/versions.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { consultationOf, publish } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { secondVersion } from '../fixtures/versions.ts';
import { type TestSite, testSite } from '../support.ts';
import { prepareVersion, publishPrepared } from '../versions.ts';

function officer(site: TestSite, login = 'caseworker') {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A published consultation whose second version has its text, and short ways to go on with it. */
async function prepared(t: Test) {
  const site = await testSite(t);
  const { db, clock } = site;
  const caseworker = officer(site);
  const { id } = await publish(db, caseworker, clock());
  await prepareVersion(db, caseworker, id, secondVersion(), clock());
  const page = async () => {
    const { revision } = await consultationOf(db, caseworker, id);
    return { officer: caseworker, id, revision };
  };
  const abandon = async () => abandonVersion(db, await page(), clock());
  const imports = () =>
    db
      .selectFrom('draft_imports')
      .select(['id', 'state', 'text', 'bytes', 'draft_id', 'discarded_at', 'leased_until'])
      .where('consultation_id', '=', id)
      .orderBy('id')
      .execute();
  return { ...site, caseworker, id, page, abandon, imports };
}

t.test(
  'a version that is given up is gone, with its imports kept as discarded; what is published stays',
  async (t) => {
    const { db, id, abandon, imports, clock } = await prepared(t);
    const before = await imports();
    const work = await draftWork(db, id);
    await abandon();
    t.equal(await hasWork(db, id), false);
    t.equal((await versionsOf(db, id)).length, 1);
    const [first, second] = await imports();
    t.same(first, before[0], 'that of the published version stays as it was');
    t.match(second, { draft_id: null, discarded_at: clock(), text: secondVersion() });
    t.match((await ledgerOf(db, id)).slice(0, 1), [
      {
        what: 'versionAbandoned',
        who: 'caseworker',
        detail: { editId: work?.editId, imports: [second?.id] },
      },
    ]);
  },
);

t.test('the version begun next is empty, without imports or corrections of the one given up', async (t) => {
  const { db, id, caseworker, page, abandon, clock, imports } = await prepared(t);
  const choice = { from: 'art_2', to: ['art_3'] };
  await correctLink(db, { ...(await page()), choice }, clock());
  await abandon();
  clock.set(new Date(clock().getTime() + 60_000));
  await prepareVersion(db, caseworker, id, secondVersion(), clock());
  t.match(await draftWork(db, id), { imports: [{ state: 'ready' }] });
  t.equal((await draftWork(db, id))?.imports.length, 1);
  const mapping = await mapVersions(db, id);
  t.same([mapping?.choices, mapping?.lost], [[], []]);
  t.equal(
    mapping?.links.some(({ by }) => by === 'officer'),
    false,
  );
  await correctLink(db, { ...(await page()), choice }, clock());
  t.equal((await mapVersions(db, id))?.choices.length, 1, 'a new correction counts');
  t.equal(await publishPrepared(db, caseworker, id, clock()), 2);
  const published = await imports();
  t.same(
    published.map(({ draft_id }) => draft_id !== null),
    [true, false, true],
    'the discarded import belongs to no version',
  );
});

t.test('an import that waits or is being read for a version given up comes to nothing', async (t) => {
  const { db, id, caseworker, abandon, imports, readImports, clock } = await prepared(t);
  for (const name of ['甲.txt', '乙.txt']) {
    const file = { name, bytes: new TextEncoder().encode('附件\n\n名录') };
    await addImport(db, { officer: caseworker, id, file }, clock());
  }
  const leased_until = new Date(clock().getTime() + 60_000);
  await db
    .updateTable('draft_imports')
    .set({ state: 'reading', leased_until })
    .where('name', '=', '乙.txt')
    .execute();
  await abandon();
  t.equal(await readImports(), 0);
  for (const { bytes, state, discarded_at, leased_until } of (await imports()).slice(2))
    t.match(
      { bytes, state, discarded_at, leased_until },
      {
        bytes: null,
        state: 'waiting',
        discarded_at: clock(),
        leased_until: null,
      },
    );
});

t.test('only those who prepare give a version up, from a fresh page, and while there is one', async (t) => {
  const site = await prepared(t);
  const { db, id, caseworker, page, abandon, clock } = site;
  for (const login of ['approver', 'other'])
    await t.rejects(
      abandonVersion(db, { ...(await page()), officer: officer(site, login) }, clock()),
      new RuleBroken('notAllowed'),
      login,
    );
  const early = await page();
  const [block] = (await draftWork(db, id))?.blocks ?? [];
  if (!block) throw new Error('no block');
  await editRows(db, { ...early, rows: [{ ...block, at: 0, text: '另一个名称' }] }, clock());
  await t.rejects(abandonVersion(db, early, clock()), new RuleBroken('stale'));
  t.ok(await hasWork(db, id));
  await abandon();
  await t.rejects(abandon(), new RuleBroken('alreadyPublished'));
  const unpublished = await startConsultation(
    db,
    { officer: caseworker, kind: 'other', source: paste() },
    clock(),
  );
  const { revision } = await consultationOf(db, caseworker, unpublished);
  await t.rejects(
    abandonVersion(db, { officer: caseworker, id: unpublished, revision }, clock()),
    new RuleBroken('notPublished'),
  );
  t.ok(await hasWork(db, unpublished));
});

t.test('the desk asks once, and says what has changed when the page is older', async (t) => {
  const { signIn, db, id, page } = await prepared(t);
  const at = `/desk/consultations/${id}`;
  const [desk, other] = [await signIn('caseworker'), await signIn('second')];
  t.match((await desk.get(`${at}/versions`)).text, /放弃第2稿/);
  await desk.get(`${at}/versions/abandon`);
  t.match(desk.page().text, /要放弃的是正在准备的第2稿：1份来源文本/);
  const early = await page();
  await addImport(db, { ...early, source: '附件\n\n名录' }, new Date());
  const stale = await desk.send('/versions/abandon', {});
  t.match([stale.status, stale.text], [409, /还没有放弃.*2份来源文本/]);
  t.ok(await hasWork(db, id));
  await other.get(`${at}/versions/abandon`);
  t.match((await desk.send('/versions/abandon', {})).text, /已放弃新版本.*开始第2稿/);
  t.equal(await hasWork(db, id), false);
  t.equal((await other.send('/versions/abandon', {})).status, 409, 'there is nothing to give up any more');
  t.equal((await desk.get(`${at}/versions/abandon`)).address, at);
  t.match((await desk.get(at)).text, /放弃新版本/, 'the ledger says so');
});
