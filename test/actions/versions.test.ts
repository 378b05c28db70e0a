import { sql } from 'kysely';
import t, { type Test } from 'tap';
import { correctLink } from '../../src/actions/correct-link.ts';
import { editRows } from '../../src/actions/edit-outline.ts';
import { mapVersions } from '../../src/actions/map-versions.ts';
import { placeComments } from '../../src/actions/place-comment.ts';
import { publishVersion } from '../../src/actions/publish-version.ts';
import { startVersion } from '../../src/actions/start-version.ts';
import { commentsByClause } from '../../src/db/clause-counts.ts';
import { handPlacements } from '../../src/db/comment-placements.ts';
import { deskComments } from '../../src/db/comments.ts';
import { draftWork, hasWork } from '../../src/db/draft-work.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { clausePlaces, placeOf } from '../../src/db/placements.ts';
import { publicVersion } from '../../src/db/public-version.ts';
import { draftVersion, linksOf, versionsOf } from '../../src/db/versions.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { countPlaces } from '../../src/web/desk/versions/place-counts.ts';
import { consultationOf, form, publish, submit } from '../consultation.ts';
import { secondVersion, thirdVersion } from '../fixtures/versions.ts';
import { type TestSite, testSite } from '../support.ts';
import { prepareVersion, publishPrepared } from '../versions.ts';

function officer(site: TestSite, login = 'caseworker') {
  const found = site.officers[login];
  if (!found) throw new Error(`no officer ${login}`);
  return found;
}

/** A published consultation with a comment on each of these addresses (empty: the whole draft). */
async function commented(t: Test, addresses: readonly string[]) {
  const site = await testSite(t);
  const consultation = await publish(site.db, officer(site), site.clock());
  for (const clause of addresses) await comment(site, consultation.number, clause, 1);
  return { site, consultation, id: consultation.id };
}

async function comment(site: TestSite, number: string, clause: string, draftVersion: number) {
  const one = await form(site.db, number, site.clock(), { clause });
  const result = await submit(site.db, { ...one, draftVersion }, site.clock());
  if (result.kind !== 'received') throw new Error(result.kind);
}

/** Where each comment stands: the address it was made on, the state, and the address in the newest version. */
async function stands(site: TestSite, id: number): Promise<string[]> {
  const places = await clausePlaces(site.db, id);
  const comments = await deskComments(site.db, id);
  const hands = await handPlacements(
    site.db,
    comments.map((each) => each.id),
  );
  return comments.map((each) => {
    const { state, clause } = placeOf(places, each, hands.get(each.id));
    return `${each.clauseAddress} ${state} ${clause?.address ?? '-'}`;
  });
}

/** The counts of the desk, which must make the total. */
async function counts(site: TestSite, id: number) {
  return countPlaces(await clausePlaces(site.db, id), await commentsByClause(site.db, id));
}

t.test('comments stay on their version; each stands in exactly one state, over three versions', async (t) => {
  const { site, consultation, id } = await commented(t, [
    '',
    'art_1',
    'art_2',
    'art_3',
    'art_4__para_2',
    'title',
  ]);
  const before = await sql`select id, draft_id, clause_id, text from comments order by id`.execute(site.db);
  await prepareVersion(site.db, officer(site), id, secondVersion(), site.clock());
  t.equal(await publishPrepared(site.db, officer(site), id, site.clock()), 2);
  t.same((await stands(site, id)).sort(), [
    ' placed -',
    'art_1 placed art_1',
    'art_2 orphaned -',
    'art_3 placed art_2',
    'art_4__para_2 moved art_5',
    'title placed title',
  ]);
  t.same(await counts(site, id), { total: 6, placed: 4, moved: 1, orphaned: 1 });
  await comment(site, consultation.number, 'art_4', 2);
  await comment(site, consultation.number, 'art_2', 1);
  t.same(await counts(site, id), { total: 8, placed: 5, moved: 1, orphaned: 2 });

  await prepareVersion(site.db, officer(site), id, thirdVersion(), site.clock());
  t.equal(await publishPrepared(site.db, officer(site), id, site.clock()), 3);
  t.same((await stands(site, id)).sort(), [
    ' placed -',
    'art_1 placed art_1',
    'art_2 orphaned -',
    'art_2 orphaned -',
    'art_3 placed art_2',
    'art_4 orphaned -',
    'art_4__para_2 moved art_4',
    'title placed title',
  ]);
  t.same(await counts(site, id), { total: 8, placed: 4, moved: 1, orphaned: 3 });
  const after = await sql`select id, draft_id, clause_id, text from comments order by id limit 6`.execute(
    site.db,
  );
  t.same(after.rows, before.rows, 'not a word of a comment and not its version has changed');
});

t.test(
  'publishing stores draft, clauses and links at once, ends the work and changes the public version',
  async (t) => {
    const { site, id } = await commented(t, []);
    await prepareVersion(site.db, officer(site), id, secondVersion(), site.clock());
    const mapping = await mapVersions(site.db, id);
    const before = await publicVersion(site.db);
    await publishPrepared(site.db, officer(site), id, site.clock());
    t.ok((await publicVersion(site.db)) > before);
    t.notOk(await hasWork(site.db, id));
    const versions = await versionsOf(site.db, id);
    t.match(versions, [
      { version: 1, note: '' },
      { version: 2, note: '根据征求到的意见作了修改。' },
    ]);
    t.same(await linksOf(site.db, versions[1]?.id ?? 0), mapping?.links, 'the links as they were shown');
    t.same(await linksOf(site.db, versions[0]?.id ?? 0), [], 'the first version has none');
    t.ok((await draftVersion(site.db, id, 1))?.clauses.some(({ address }) => address === 'art_2'));
    t.equal(
      (await draftVersion(site.db, id, 2))?.clauses.find(({ address }) => address === 'art_2')?.label,
      '第二条',
    );
    t.equal(await draftVersion(site.db, id, 3), undefined);
    t.match((await ledgerOf(site.db, id)).slice(0, 1), [
      { what: 'versionPublished', detail: { version: 2 } },
    ]);
  },
);

t.test('a correction counts, is written down, is undone by choosing again, and is published', async (t) => {
  const { site, id } = await commented(t, ['art_4', 'art_2']);
  const caseworker = officer(site);
  await prepareVersion(site.db, caseworker, id, secondVersion(), site.clock());
  const choose = async (from: string, to: readonly string[]) => {
    const { revision } = await consultationOf(site.db, caseworker, id);
    return correctLink(site.db, { officer: caseworker, id, revision, choice: { from, to } }, site.clock());
  };
  const kindOf = async (address: string) =>
    (await mapVersions(site.db, id))?.links.find(({ from }) => from.includes(address));
  t.match(await choose('art_2', ['art_3']), { link: { by: 'officer', from: ['art_2'], to: ['art_3'] } });
  t.match(await kindOf('art_2'), { kind: 'amended', by: 'officer' });
  await choose('art_2', []);
  t.match(await kindOf('art_2'), { kind: 'deleted', by: 'officer' }, 'chosen again');
  t.match(await choose('art_4', ['art_4', 'art_5']), { issue: { field: 'to', key: 'takenBySplit' } });
  await choose('art_4__para_2', []);
  t.match(await choose('art_4', ['art_4', 'art_5']), { link: { kind: 'split' } });
  t.match(await choose('art_4', ['art_99']), { issue: { field: 'to' } });
  t.match(await kindOf('art_4'), { kind: 'split' }, 'an unknown clause changes nothing');
  const written = (await ledgerOf(site.db, id)).filter(({ what }) => what === 'linkCorrected');
  t.match(written, [
    { who: 'caseworker', detail: { clause: 'art_4', linkBefore: 'same', linkAfter: 'split' } },
    { detail: { clause: 'art_4__para_2', linkBefore: 'moved', linkAfter: 'deleted' } },
    { detail: { clause: 'art_2', linkBefore: 'amended', linkAfter: 'deleted' } },
    { detail: { clause: 'art_2', linkBefore: 'deleted', linkAfter: 'amended' } },
  ]);
  await publishPrepared(site.db, caseworker, id, site.clock());
  t.match((await stands(site, id)).sort(), ['art_2 orphaned -', 'art_4 placed art_4']);
  const { rows } =
    await sql`select distinct kind, by_officer from clause_links where by_officer is not null order by kind`.execute(
      site.db,
    );
  t.same(rows, [
    { kind: 'deleted', by_officer: caseworker.id },
    { kind: 'split', by_officer: caseworker.id },
  ]);
});

t.test(
  'a correction follows its clause when editing gives it another address, and is listed once it is gone',
  async (t) => {
    const { site, id } = await commented(t, []);
    const caseworker = officer(site);
    await prepareVersion(site.db, caseworker, id, secondVersion(), site.clock());
    const { revision } = await consultationOf(site.db, caseworker, id);
    const choice = { from: 'art_2', to: ['art_3'] };
    await correctLink(site.db, { officer: caseworker, id, revision, choice }, site.clock());
    const replaceText = async (text: string) => {
      const work = await draftWork(site.db, id);
      const blocks = work?.blocks ?? [];
      const at = blocks.findIndex((block) => block.text.startsWith('水源地') || block.label === '第八条');
      const found = blocks[at];
      if (!found) throw new Error('no such row');
      const { revision } = await consultationOf(site.db, caseworker, id);
      const { kind, level, heading } = found;
      const rows = [{ at, kind, level, heading, label: '第八条', text }];
      await editRows(site.db, { officer: caseworker, id, revision, rows }, site.clock());
    };
    const [words = ''] = /水源地.*/.exec(secondVersion()) ?? [];
    await replaceText(words);
    const followed = await mapVersions(site.db, id);
    t.same(followed?.links.find(({ from }) => from.includes('art_2'))?.to, ['art_8']);
    t.same(followed?.lost, []);
    await replaceText('另一回事。');
    const lost = await mapVersions(site.db, id);
    t.match(lost?.lost, [{ from: 'art_2' }]);
    t.equal(lost?.links.find(({ from }) => from.includes('art_2'))?.by, 'program');
  },
);

t.test('orphans are put on a clause one by one or all together, and back, with all of it kept', async (t) => {
  const { site, id } = await commented(t, ['art_2', 'art_2', 'art_2', 'art_1']);
  const caseworker = officer(site);
  await prepareVersion(site.db, caseworker, id, secondVersion(), site.clock());
  await publishPrepared(site.db, caseworker, id, site.clock());
  const places = await clausePlaces(site.db, id);
  const [deleted] = [...places.names.values()].filter(({ address }) => address === 'art_2');
  const comments = (await deskComments(site.db, id)).filter(({ clauseAddress }) => clauseAddress === 'art_2');
  const place = (
    placed: Parameters<typeof placeComments>[1]['placed'],
    choice: Parameters<typeof placeComments>[1]['choice'],
  ) =>
    placeComments(
      site.db,
      { officer: caseworker, consultationId: id, version: 2, placed, choice },
      site.clock(),
    );
  const [first] = comments;
  const one = { commentIds: [first?.id ?? 0] };
  t.same(await place(one, { address: 'art_3' }), { count: 1 });
  t.same(await counts(site, id), { total: 4, placed: 2, moved: 0, orphaned: 2 });
  t.same(
    await place({ standingOn: deleted?.id ?? 0 }, 'wholeDraft'),
    { count: 2 },
    'all that are left there',
  );
  t.same(await counts(site, id), { total: 4, placed: 4, moved: 0, orphaned: 0 });
  t.same(await place(one, 'undo'), { count: 1 });
  t.same(await counts(site, id), { total: 4, placed: 3, moved: 0, orphaned: 1 });
  t.match(await place(one, { address: 'art_77' }), { issue: { key: 'unknownClause' } });
  t.match(await place({ commentIds: [] }, 'wholeDraft'), { issue: { key: 'noneChosen' } });
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from comment_placements`.execute(
    site.db,
  );
  t.equal(rows[0]?.n, 4, 'every step is a row of its own');
  t.equal((await ledgerOf(site.db, id)).filter(({ what }) => what === 'commentsPlaced').length, 3);
  await t.rejects(
    placeComments(
      site.db,
      { officer: caseworker, consultationId: id, version: 1, placed: one, choice: 'wholeDraft' },
      site.clock(),
    ),
    new RuleBroken('stale'),
  );
  await t.rejects(
    placeComments(
      site.db,
      {
        officer: officer(site, 'approver'),
        consultationId: id,
        version: 2,
        placed: one,
        choice: 'wholeDraft',
      },
      site.clock(),
    ),
    new RuleBroken('notAllowed'),
  );
});

t.test('a placement by hand is followed into later versions, and is orphaned with its clause', async (t) => {
  const { site, id } = await commented(t, ['art_2', 'art_2']);
  const caseworker = officer(site);
  await prepareVersion(site.db, caseworker, id, secondVersion(), site.clock());
  await publishPrepared(site.db, caseworker, id, site.clock());
  const [one, other] = await deskComments(site.db, id);
  const at = { officer: caseworker, consultationId: id, version: 2 };
  await placeComments(
    site.db,
    { ...at, placed: { commentIds: [one?.id ?? 0] }, choice: { address: 'art_5' } },
    site.clock(),
  );
  await placeComments(
    site.db,
    { ...at, placed: { commentIds: [other?.id ?? 0] }, choice: { address: 'art_4' } },
    site.clock(),
  );
  await prepareVersion(site.db, caseworker, id, thirdVersion(), site.clock());
  await publishPrepared(site.db, caseworker, id, site.clock());
  t.same(await stands(site, id), ['art_2 placed art_4', 'art_2 orphaned -']);
});

t.test('what is published, chosen or placed cannot be changed or deleted, not even by SQL', async (t) => {
  const { site, id } = await commented(t, ['art_2']);
  const caseworker = officer(site);
  await prepareVersion(site.db, caseworker, id, secondVersion(), site.clock());
  const { revision } = await consultationOf(site.db, caseworker, id);
  const choice = { from: 'art_2', to: ['art_3'] };
  await correctLink(site.db, { officer: caseworker, id, revision, choice }, site.clock());
  await publishPrepared(site.db, caseworker, id, site.clock());
  const [one] = await deskComments(site.db, id);
  const placed = { commentIds: [one?.id ?? 0] };
  const at = { officer: caseworker, consultationId: id, version: 2, placed };
  await placeComments(site.db, { ...at, choice: 'wholeDraft' }, site.clock());
  for (const table of ['clause_links', 'link_choices', 'comment_placements', 'drafts', 'clauses']) {
    await t.rejects(sql`delete from ${sql.table(table)}`.execute(site.db), /insert-only/, table);
    await t.rejects(sql`update ${sql.table(table)} set id = default`.execute(site.db), /insert-only/, table);
  }
  await t.rejects(sql`update comments set clause_id = null`.execute(site.db), /stays on its version/);
});

t.test(
  'a version is started once, by those who may, and published from a fresh page with words',
  async (t) => {
    const site = await testSite(t);
    const { clock, db } = site;
    const caseworker = officer(site);
    const { id } = await publish(db, caseworker, clock());
    await t.rejects(
      startVersion(db, { officer: officer(site, 'approver'), id }, clock()),
      new RuleBroken('notAllowed'),
    );
    await t.rejects(
      startVersion(db, { officer: officer(site, 'other'), id }, clock()),
      new RuleBroken('notAllowed'),
    );
    const words = { title: '办法', note: '有改动。' };
    const { revision: early } = await consultationOf(db, caseworker, id);
    await t.rejects(
      publishVersion(db, { officer: caseworker, id, revision: early, ...words }, clock()),
      new RuleBroken('alreadyPublished'),
    );
    await startVersion(db, { officer: caseworker, id }, clock());
    await startVersion(db, { officer: caseworker, id }, clock());
    t.equal((await ledgerOf(db, id)).filter(({ what }) => what === 'versionStarted').length, 1);
    const { revision } = await consultationOf(db, caseworker, id);
    t.match(await publishVersion(db, { officer: caseworker, id, revision, title: '', note: '' }, clock()), {
      issues: [
        { field: 'draftTitle', key: 'required' },
        { field: 'note', key: 'required' },
        { field: 'source', key: 'noClause' },
      ],
    });
    await prepareVersion(db, caseworker, id, secondVersion(), clock());
    await t.rejects(
      publishVersion(db, { officer: caseworker, id, revision, ...words }, clock()),
      new RuleBroken('stale'),
    );
    const choice = { from: 'art_2', to: ['art_3'] };
    await t.rejects(
      correctLink(db, { officer: caseworker, id, revision, choice }, clock()),
      new RuleBroken('stale'),
    );
    t.equal((await versionsOf(db, id)).length, 1);
  },
);
