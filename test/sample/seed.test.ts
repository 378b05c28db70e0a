import t from 'tap';
import { textUnderSeal } from '../../src/actions/seal.ts';
import { commentsByClause } from '../../src/db/clause-counts.ts';
import { clausePlaces } from '../../src/db/placements.ts';
import { receiptByToken, sealedFactsOf } from '../../src/db/receipts.ts';
import { linksOf, versionsOf } from '../../src/db/versions.ts';
import { samplePasswords } from '../../src/sample/passwords.ts';
import { samples } from '../../src/sample/samples.ts';
import { seedSamples } from '../../src/sample/seed.ts';
import { countPlaces } from '../../src/web/desk/versions/place-counts.ts';
import { testSite } from '../support.ts';
import { visit } from '../visitor.ts';

t.test('the sample data', async (t) => {
  const { app, db, deps, workOnGroups, workOnSheets } = await testSite(t);
  await seedSamples(deps);
  const { id } = await db
    .selectFrom('announcements')
    .select('consultation_id as id')
    .where('title', 'like', '%电梯%')
    .executeTakeFirstOrThrow();
  const [first, second] = await versionsOf(db, id);

  t.test('the lifts have a second version in which clauses went every way but merging', async (t) => {
    t.match(first, { version: 1, note: '' });
    t.match(second, { version: 2, note: /沉降观测/, title: first?.title });
    const changed = (await linksOf(db, second?.id ?? 0)).filter(({ kind }) => kind !== 'same');
    t.same(
      changed.map(({ kind, from, to }) => [kind, from.join(' '), to.join(' ')]),
      [
        ['moved', 'h1_3__h2_4', 'h1_2__h2_4'],
        ['renumbered', 'h1_2__h2_4', 'h1_2__h2_5'],
        ['renumbered', 'h1_2__h2_5', 'h1_2__h2_6'],
        ['amended', 'h1_3__h2_3', 'h1_3__h2_3'],
        ['new', '', 'h1_3__h2_4'],
        ['amended', 'h1_3__h2_5', 'h1_3__h2_5'],
        ['split', 'h1_4__h2_2', 'h1_4__h2_2 h1_4__h2_3'],
        ['deleted', 'h1_4__h2_3', ''],
        ['amended', 'h1_5__h2_3', 'h1_5__h2_3'],
      ],
    );
  });

  t.test(
    'comments on the lifts are placed, moved and orphaned; the last ones are on the second version',
    async (t) => {
      const counts = countPlaces(await clausePlaces(db, id), await commentsByClause(db, id));
      t.same(counts, { total: 11, placed: 9, moved: 1, orphaned: 1 });
      const rows = await db
        .selectFrom('comments')
        .innerJoin('submissions', 'submissions.id', 'submission_id')
        .select(['draft_id', 'received_at'])
        .where('comments.consultation_id', '=', id)
        .execute();
      t.equal(rows.filter(({ draft_id }) => draft_id === second?.id).length, 2);
      for (const { draft_id, received_at } of rows)
        t.equal(second && received_at > second.createdAt, draft_id === second?.id);
    },
  );

  t.test('comments on the lifts are screened but for the last, and a house number is covered', async (t) => {
    const verdicts = await db
      .selectFrom('screenings')
      .innerJoin('comments', 'comments.id', 'comment_id')
      .select('verdict')
      .where('consultation_id', '=', id)
      .execute();
    t.equal(verdicts.length, 10);
    const [covered] = await db.selectFrom('redactions').selectAll().execute();
    t.match(covered?.text, /住纺织厂家属院▇▇▇▇，膝盖/);
  });

  t.test(
    'a caseworker finds work of every kind that a closing brings, and each is at its page',
    async (t) => {
      await workOnGroups();
      await workOnSheets();
      const login = 'lumingqian';
      const { password = '' } =
        samplePasswords(deps.config.secretKey).find((each) => each.login === login) ?? {};
      const visitor = visit(app);
      await visitor.get('/desk/sign-in');
      const home = await visitor.send('/desk/sign-in', { login, password });
      for (const work of ['1封', '1条', '1组', '1份']) t.match(home.text, work);
      const { id: dogs } = await db
        .selectFrom('announcements')
        .select('consultation_id as id')
        .where('title', 'like', '%犬%')
        .executeTakeFirstOrThrow();
      const at = `/desk/consultations/${dogs}`;
      t.match((await visitor.get(`${at}/comments`)).text, '15件、18条');
      t.match(
        (await visitor.get(`${at}/groups`)).text,
        /遛犬区的位置和管护[\s\S]*2条|2条[\s\S]*遛犬区的位置和管护/,
      );
      t.match((await visitor.get(`${at}/mail`)).text, '自动回复：关于养犬管理办法的意见');
      t.match((await visitor.get(`${at}/comments?screening=hidden`)).text, '商业广告');
      t.match((await visitor.get(`${at}/comments`)).text, '县农业农村局1条');
      for (const key of ['undisposed', 'assigned', 'suggestions', 'sheets', 'mail', 'clauses', 'toScreen'])
        t.equal((await visitor.get(`/desk?work=${key}`)).status, 200);
    },
  );

  t.test('every submission is under its seal', async (t) => {
    for (const { receipt_token } of await db.selectFrom('submissions').select('receipt_token').execute()) {
      const receipt = await receiptByToken(db, receipt_token);
      t.ok(receipt?.seal && textUnderSeal(sealedFactsOf(receipt), receipt.seal), `${receipt?.number}`);
    }
  });

  t.test('every other consultation has one version, and none is being prepared', async (t) => {
    t.equal((await db.selectFrom('consultations').select('id').execute()).length, samples.length);
    t.equal((await db.selectFrom('drafts').select('id').execute()).length, samples.length + 1);
    t.same(await db.selectFrom('draft_work').selectAll().execute(), []);
  });
});
