import fc from 'fast-check';
import { sql } from 'kysely';
import t from 'tap';
import { holdFor } from '../../src/actions/hold.ts';
import { redactComment } from '../../src/actions/redact-comment.ts';
import { type SeenComment, screenComments } from '../../src/actions/screen-comments.ts';
import { insertPlacements } from '../../src/db/comment-placements.ts';
import { deskComments } from '../../src/db/comments.ts';
import { latestDraft } from '../../src/db/drafts.ts';
import { publicVersion } from '../../src/db/public-version.ts';
import { publishedComments, publishedCounts } from '../../src/db/published-comments.ts';
import { redactionsOf, screenable, screeningsOf, seeScreenedAgain } from '../../src/db/screenings.ts';
import { type Db, transaction } from '../../src/db/session.ts';
import { type Consent, consents } from '../../src/domain/comment.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { isPublic, type ScreeningState, screeningStates } from '../../src/domain/screening.ts';
import { consultationOf, form, publish, publishNext, submit } from '../consultation.ts';
import { serverUrl } from '../database.ts';
import { nextPaste } from '../fixtures/next-paste.ts';
import { type TestSite, testSite } from '../support.ts';

type Officer = NonNullable<TestSite['officers'][string]>;
type People = Record<'caseworker' | 'second' | 'approver' | 'other' | 'administrator', Officer>;

async function open(t: Parameters<typeof testSite>[0], showsComments = true) {
  const site = await testSite(t);
  const people = site.officers as unknown as People;
  const consultation = await publish(site.db, people.caseworker, site.clock(), undefined, { showsComments });
  const send = async (change: Parameters<typeof form>[3] = {}) => {
    await submit(site.db, await form(site.db, consultation.number, site.clock(), change), site.clock());
    return latestComment(site.db);
  };
  const screen = (comments: readonly SeenComment[], change: object = {}) =>
    screenComments(
      site.db,
      {
        officer: people.caseworker,
        consultationId: consultation.id,
        comments,
        screening: { verdict: 'shown', reason: '' },
        looked: false,
        ...change,
      },
      site.clock(),
    );
  const redact = (commentId: number, change: object = {}) =>
    redactComment(
      site.db,
      {
        officer: people.caseworker,
        consultationId: consultation.id,
        commentId,
        seen: 0,
        passages: ['13812345678'],
        reason: '保护个人信息',
        ...change,
      },
      site.clock(),
    );
  return { ...site, ...people, consultation, send, screen, redact };
}

const hidden = { screening: { verdict: 'hidden', reason: '含有侮辱性语言' } };

async function rejectsWith(
  t: { ok(value: unknown, message: string): boolean },
  work: Promise<unknown>,
  rule: string,
) {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  t.ok(error instanceof RuleBroken && error.rule === rule, `refused as ${rule}, not ${String(error)}`);
}

const latestComment = async (db: Db) =>
  (await sql<{ id: number }>`select max(id)::int as id from comments`.execute(db)).rows[0]?.id ?? 0;
const latestId = async (db: Db, table: 'screenings' | 'redactions') =>
  (await sql<{ id: number }>`select max(id)::int as id from ${sql.table(table)}`.execute(db)).rows[0]?.id ??
  0;

t.test('the latest screening counts, and every one stays readable with its officer and reason', async (t) => {
  const { db, send, screen, second, caseworker } = await open(t);
  const id = await send();
  await screen([{ id, seen: 0 }]);
  await screen([{ id, seen: await latestId(db, 'screenings') }], { ...hidden, officer: second });
  const history = (await screeningsOf(db, [id])).get(id) ?? [];
  t.match(history, [
    { verdict: 'shown', reason: '', officerName: caseworker.name },
    { verdict: 'hidden', reason: '含有侮辱性语言', officerName: second.name },
  ]);
  for (const table of ['screenings', 'redactions']) {
    await t.rejects(sql`delete from ${sql.table(table)}`.execute(db), /insert-only/);
    await t.rejects(sql`truncate ${sql.table(table)}`.execute(db), /insert-only/);
  }
});

t.test('the public reads exactly the comments that the rule lets through', async (t) => {
  for (const showsComments of [true, false]) {
    const { db, consultation, send, screen } = await open(t, showsComments);
    const expected: number[] = [];
    const cases = screeningStates.flatMap((screening) =>
      consents.flatMap((consent) =>
        [true, false].flatMap((withdrawn) =>
          [true, false].map((late) => ({ screening, consent, withdrawn, late })),
        ),
      ),
    );
    for (const one of cases) {
      const id = await send({ consent: one.consent as Consent, name: '朱自清' });
      const screening = one.screening as ScreeningState;
      if (screening !== 'waiting') await screen([{ id, seen: 0 }], screening === 'hidden' ? hidden : {});
      if (one.withdrawn) await change(db, id, sql`withdrawn_at = received_at`);
      if (one.late) await change(db, id, sql`dated_at = ${consultation.closesAt}`);
      if (isPublic({ ...one, screening, consent: one.consent as Consent, showsComments }))
        expected.unshift(id);
    }
    const clauseIds = [await clauseId(db, consultation.id, 'art_3')];
    const found = await publishedComments(db, consultation.id, { clauseIds, before: null, limit: 100 });
    t.same(
      found.map(({ id }) => id),
      expected,
    );
    t.equal((await publishedCounts(db, consultation.id)).get(clauseIds[0] ?? 0) ?? 0, expected.length);
    t.equal(expected.length, showsComments ? 2 : 0);
    t.same(
      found.map(({ name }) => name),
      showsComments ? ['', '朱**'] : [],
      'a name with consent only, and masked',
    );
  }
});

t.test('published comments come in portions, clause by clause, none twice and none left out', async (t) => {
  const { db, consultation, send, screen } = await open(t);
  const all: number[] = [];
  for (let count = 0; count < 7; count += 1) all.unshift(await send({ clause: count === 3 ? '' : 'art_3' }));
  await screen(all.map((id) => ({ id, seen: 0 })));
  const whole = all[3] as number;
  const clauseIds = [await clauseId(db, consultation.id, 'art_3')];
  const read: number[] = [];
  for (let before: number | null = null; ; before = read.at(-1) ?? null) {
    const part = await publishedComments(db, consultation.id, { clauseIds, before, limit: 2 });
    if (part.length === 0) break;
    read.push(...part.map(({ id }) => id));
  }
  t.same(
    read,
    all.filter((id) => id !== whole),
  );
  const onWhole = await publishedComments(db, consultation.id, { clauseIds: [null], before: null, limit: 9 });
  t.same(
    onWhole.map(({ id }) => id),
    [whole],
  );
  t.same(
    [...(await publishedCounts(db, consultation.id))].sort(),
    [
      [null, 1],
      [clauseIds[0], 6],
    ].sort(),
  );
});

t.test('a published comment stands where an officer put it, until that is undone', async (t) => {
  const { db, consultation, send, screen, caseworker, clock } = await open(t);
  const id = await send();
  await screen([{ id, seen: 0 }]);
  const from = await clauseId(db, consultation.id, 'art_3');
  await publishNext(db, caseworker, consultation, nextPaste(), clock());
  const draft = await latestDraft(db, consultation.id);
  const to = draft?.clauses.find((clause) => clause.level === 'article')?.id ?? 0;
  const idsOn = async (clauseIds: (number | null)[]) => {
    const found = await publishedComments(db, consultation.id, { clauseIds, before: null, limit: 9 });
    return found.map((comment) => comment.id);
  };
  const put = (clauseId: number | null, undone: boolean) =>
    transaction(db, (trx) =>
      insertPlacements(
        trx,
        {
          consultationId: consultation.id,
          draftId: draft?.id ?? 0,
          clauseId,
          undone,
          officerId: caseworker.id,
        },
        { commentIds: [id] },
        clock(),
      ),
    );
  t.same([await idsOn([from]), await idsOn([to]), await idsOn([null])], [[id], [], []]);
  const before = await publicVersion(db);
  await put(to, false);
  t.ok((await publicVersion(db)) > before, 'public pages are told');
  t.same([await idsOn([from]), await idsOn([to]), await idsOn([from, to, null])], [[], [id], [id]]);
  t.same([...(await publishedCounts(db, consultation.id))], [[to, 1]]);
  await put(null, false);
  t.same([await idsOn([from, to]), await idsOn([null])], [[], [id]]);
  await put(null, true);
  t.same([await idsOn([from]), await idsOn([to]), await idsOn([null])], [[id], [], []]);
});

t.test('what makes a comment public, or takes it back, changes the public version', async (t) => {
  const { db, send, screen, redact } = await open(t);
  const id = await send({ text: '请打13812345678', name: '朱自清', consent: 'withName' });
  const raises = async (what: string, work: () => Promise<unknown>) => {
    const before = await publicVersion(db);
    await work();
    t.ok((await publicVersion(db)) > before, what);
  };
  await raises('a redaction', () => redact(id));
  await raises('a screening', () => screen([{ id, seen: 0 }]));
  await raises('a withdrawal', () => change(db, id, sql`withdrawn_at = received_at`));
  await raises('an erased name', () => change(db, id, sql`name = ''`));
});

t.test('many are shown at once but for those with personal numbers; one that was looked at is', async (t) => {
  const { db, send, screen } = await open(t);
  const [plain, number] = [await send(), await send({ text: '请拨打 138 1234 5678。' })];
  const both = [plain, number].map((id) => ({ id, seen: 0 }));
  t.same(await screen(both), { screened: 1, passedOver: 1 });
  t.same([...(await screeningsOf(db, [plain, number])).keys()], [plain]);
  t.same(await screen([{ id: number, seen: 0 }], { looked: true }), { screened: 1, passedOver: 0 });
  const other = await send({ text: '请拨打13812345678。' });
  t.same(
    await screen([{ id: other, seen: 0 }], hidden),
    { screened: 1, passedOver: 0 },
    'hiding needs no look',
  );
});

t.test('a redacted comment is published without the number, and stays as it was sent', async (t) => {
  const { db, consultation, send, screen, redact } = await open(t);
  const id = await send({ text: '请打13812345678或13812345678联系' });
  t.same(await redact(id), { issues: [] });
  t.same(await screen([{ id, seen: 0 }]), { screened: 1, passedOver: 0 }, 'its published words hold none');
  const clauseIds = [await clauseId(db, consultation.id, 'art_3')];
  const [published] = await publishedComments(db, consultation.id, { clauseIds, before: null, limit: 1 });
  t.equal(published?.text, '请打▇▇▇▇或▇▇▇▇联系');
  t.equal((await deskComments(db, consultation.id))[0]?.text, '请打13812345678或13812345678联系');
  t.match((await redactionsOf(db, [id])).get(id), [{ reason: '保护个人信息', text: '请打▇▇▇▇或▇▇▇▇联系' }]);
  const { rows } = await sql<{ detail: object }>`
    select detail from ledger_entries where what in ('commentRedacted', 'commentsScreened')`.execute(db);
  t.notMatch(JSON.stringify(rows), /138/, 'the ledger holds no number');
  const seen = await latestId(db, 'redactions');
  t.match((await redact(id, { seen })).issues, [{ key: 'nothingChanged' }]);
  t.match((await redact(id, { seen, passages: ['李四'], reason: '' })).issues, [
    { field: 'passages', key: 'passageNotFound' },
    { field: 'redactionReason', key: 'required' },
  ]);
  t.same(await redact(id, { seen, passages: [] }), { issues: [] }, 'uncovered again');
  const [again] = await publishedComments(db, consultation.id, { clauseIds, before: null, limit: 1 });
  t.equal(again?.text, '请打13812345678或13812345678联系');
});

t.test('two officers at one comment: the second is told, and nobody else may screen', async (t) => {
  const { db, send, screen, redact, approver, other, consultation, second } = await open(t);
  const [one, two] = [await send(), await send({ text: '请打13812345678' })];
  await screen([{ id: one, seen: 0 }]);
  const both = [one, two].map((id) => ({ id, seen: 0 }));
  await rejectsWith(t, screen(both, { ...hidden, officer: second }), 'stale');
  t.same([...(await screeningsOf(db, [one, two])).values()].flat().length, 1, 'none of them was screened');
  await redact(two);
  await rejectsWith(t, redact(two, { officer: second, passages: ['请打'] }), 'stale');
  for (const officer of [approver, other]) {
    await rejectsWith(t, screen([{ id: two, seen: 0 }], { officer }), 'notAllowed');
    await rejectsWith(t, redact(two, { officer, seen: 1 }), 'notAllowed');
  }
  const elsewhere = await publish(db, second, consultation.opensAt);
  await rejectsWith(t, screen([{ id: two, seen: 0 }], { consultationId: elsewhere.id }), 'notAllowed');
  await change(db, two, sql`withdrawn_at = received_at`);
  await rejectsWith(t, screen([{ id: two, seen: 0 }]), 'stale');
});

t.test(
  'what a consultation asks and shows is saved with its announcement and fixed by publication',
  async (t) => {
    const { db, caseworker, clock } = await open(t);
    const wanted = {
      asks: { name: 'required', phone: 'no', email: 'optional' },
      showsComments: true,
    } as const;
    const { id } = await publish(db, caseworker, clock(), undefined, wanted);
    t.match(await consultationOf(db, caseworker, id), wanted);
    await t.rejects(sql`update announcements set shows_comments = false`.execute(db), /is fixed/);
  },
);

async function clauseId(db: Db, consultationId: number, address: string): Promise<number> {
  const draft = await latestDraft(db, consultationId);
  return draft?.clauses.find((clause) => clause.address === address)?.id ?? 0;
}

async function change(db: Db, commentId: number, what: ReturnType<typeof sql>): Promise<void> {
  await sql`update submissions set ${what} where id = (select submission_id from comments where id = ${commentId})`.execute(
    db,
  );
}

t.test(
  'comments that were screened, covered or withdrawn since they were seen are known again',
  async (t) => {
    const { db, consultation, send, screen, redact } = await open(t);
    const ids = [
      await send(),
      await send({ text: '请打13812345678' }),
      await send({ text: '请打13912345678' }),
    ];
    await screen([{ id: ids[0] ?? 0, seen: 0 }], hidden);
    await redact(ids[1] ?? 0);
    await change(db, await send(), sql`withdrawn_at = received_at`);
    const all = [...ids, await latestComment(db), (await latestComment(db)) + 1];
    const now = await screenable(db, consultation.id, all);
    const near = (value: number) => fc.constantFrom(value, value + 1, 0);
    const seen = fc.constantFrom(...all).chain((id) =>
      fc.record({
        id: fc.constant(id),
        seen: near(now.get(id)?.screeningId ?? 0),
        redaction: fc.oneof(fc.constant(null), near(now.get(id)?.redactionId ?? 0)),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(seen, { maxLength: 6 }), async (comments) => {
        const again = await transaction(db, (trx) => seeScreenedAgain(trx, consultation.id, comments));
        const changed = comments.some(({ id, seen: screening, redaction }) => {
          const comment = now.get(id);
          const isCovered = redaction !== null && redaction !== (comment?.redactionId ?? 0);
          return comment?.withdrawn || isCovered || screening !== (comment?.screeningId ?? 0);
        });
        t.same(again, { strange: comments.some(({ id }) => !now.has(id)), changed });
      }),
      { numRuns: 60 },
    );
  },
);

// The embedded database has one connection: there nothing happens while a deed goes on.
if (serverUrl !== undefined)
  t.test('a form is stored while officers work on comments, but not while they extend', async (t) => {
    const { db, consultation, send, caseworker } = await open(t);
    const isLetIn = (deed: 'screen' | 'dispose' | 'assign' | 'group' | 'extend') =>
      transaction(db, async (trx) => {
        await holdFor(trx, caseworker, deed, consultation.id);
        if (deed === 'screen') t.ok((await send()) > 0);
        const statement = sql`select from consultations where id = ${consultation.id} for key share nowait`;
        return statement.execute(db).then(
          () => true,
          () => false,
        );
      });
    for (const deed of ['screen', 'dispose', 'assign', 'group'] as const) t.ok(await isLetIn(deed), deed);
    t.notOk(await isLetIn('extend'), 'the form would not know whether it is in time');
  });
