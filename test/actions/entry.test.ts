import fc from 'fast-check';
import t from 'tap';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { drawUp } from '../../src/actions/draw-up.ts';
import { type Entry, enterSubmission } from '../../src/actions/enter-submission.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { seal } from '../../src/actions/seal.ts';
import { signNotice } from '../../src/actions/sign-notice.ts';
import { workersOn } from '../../src/db/answer-workers.ts';
import { channelCounts, commentCounts } from '../../src/db/comment-counts.ts';
import { deskComments } from '../../src/db/comments.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { openChannels } from '../../src/domain/announcement-issues.ts';
import { readPastDay } from '../../src/domain/days.ts';
import { judgeArrival } from '../../src/domain/entry.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { addDays, dayOf } from '../../src/domain/shanghai.ts';
import { close, form, publish, publishNext, submit } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { type TestSite, testSite } from '../support.ts';

type Officer = NonNullable<TestSite['officers'][string]>;
type T = Parameters<typeof testSite>[0];

let made = 0;

function entry(
  change: Partial<Entry['arrival']> & Partial<Entry['submission']> & { clause?: string } = {},
): Entry {
  made += 1;
  const {
    channel = 'letter',
    receivedOn = '2026-03-20',
    postmarkedOn = '',
    clause = 'art_3',
    ...rest
  } = change;
  const comment = {
    clause,
    stance: 'other',
    text: '建议写明检测项目。',
    proposedWording: '',
    quotation: null,
  } as const;
  return {
    arrival: { channel, receivedOn, postmarkedOn },
    submission: {
      comments: [comment],
      commenterKind: 'individual',
      ...{ name: '韩素琴', phone: '', email: '', consent: 'withoutName' },
      ...rest,
    },
    formToken: `entry-${made}`,
    receiptToken: `entry-receipt-${made}`,
    salt: Buffer.alloc(16, made),
  };
}

async function open(t: T) {
  const site = await testSite(t);
  const officer = site.officers['caseworker'] as Officer;
  const consultation = await publish(site.db, officer, site.clock());
  site.clock.set('2026-03-20T10:00:00+08:00');
  const enter = (one: Entry, by: Officer = officer, draftVersion = 1) =>
    enterSubmission(
      site.db,
      { officer: by, consultationId: consultation.id, draftVersion, entry: one },
      site.clock(),
    );
  return { ...site, officer, consultation, enter };
}

async function refused(work: Promise<unknown>): Promise<string> {
  try {
    await work;
    return 'not refused';
  } catch (error) {
    return error instanceof RuleBroken ? error.rule : String(error);
  }
}

t.test(
  'what came on paper stands in the ledger of all comments, sealed, with who entered it and when',
  async (t) => {
    const { db, enter, officer, consultation, clock } = await open(t);
    const one = entry({ postmarkedOn: '2026-03-18', email: 'han@example.cn' });
    const entered = await enter(one);
    t.match(entered, { receiptNumber: new RegExp(`^${consultation.number}-\\d{6}$`), late: false });
    t.match(await deskComments(db, consultation.id), [
      { channel: 'letter', clauseAddress: 'art_3', late: false, receiptNumber: entered.receiptNumber },
    ]);
    const row = await db.selectFrom('submissions').selectAll().executeTakeFirstOrThrow();
    t.match(row, { entered_by: officer.id, entered_at: clock(), postmarked_on: '2026-03-18' });
    t.same(row.received_at, new Date('2026-03-20T00:00:00+08:00'));
    t.same(row.dated_at, new Date('2026-03-18T00:00:00+08:00'));
    const { receivedOn: _, ...arrival } = one.arrival;
    const facts = {
      consultationNumber: consultation.number,
      draftVersion: 1,
      receivedAt: row.received_at,
      attachments: [],
    };
    t.equal(row.hash?.toString('hex'), seal({ ...one.submission, ...arrival, ...facts }, one.salt).hash);
    t.match(await db.selectFrom('letters').selectAll().execute(), [{ kind: 'receipt', created_at: clock() }]);
    const [trace] = await ledgerOf(db, consultation.id);
    t.same([trace?.what, trace?.detail], ['submissionEntered', { receiptNumber: entered.receiptNumber }]);
  },
);

t.test('an entry is stored once, however often its form comes', async (t) => {
  const { db, enter } = await open(t);
  const one = entry();
  const [first, second] = await Promise.all([enter(one), enter({ ...one, receiptToken: 'another' })]);
  t.same(first, second);
  t.same(await enter(one), first);
  t.equal((await db.selectFrom('submissions').select('id').execute()).length, 1);
});

t.test(
  'it is entered from the opening until the notice is signed, by those who may, and not otherwise',
  async (t) => {
    const { db, enter, officers, consultation, clock, deps } = await open(t);
    const [approver, other] = [officers['approver'], officers['other']] as Officer[];
    t.equal(await refused(enter(entry(), approver)), 'notAllowed');
    t.equal(await refused(enter(entry(), other)), 'notAllowed');
    t.equal(await refused(enter(entry({ clause: 'art_99' }))), 'stale');
    t.equal(await refused(enter(entry(), undefined, 7)), 'stale');
    clock.set('2026-02-28T10:00:00+08:00');
    t.equal(await refused(enter(entry())), 'notOpenYet');
    clock.set('2026-04-11T10:00:00+08:00');
    await close(db, consultation);
    const late = entry({ receivedOn: '2026-04-11' });
    const first = await enter(late);
    t.equal(first.late, true);
    const checked = openChannels(consultation.announcement);
    const input = { officer: officers['second'] as Officer, consultationId: consultation.id };
    await checkChannels(db, { ...input, checked }, clock());
    const words = deps.sentences.notice;
    const { notice, blockers, seen } = await drawUp(db, consultation, words, clock());
    t.same(blockers, [], 'what is late needs no disposition');
    t.match(notice, {
      branch: 'nothingReceived',
      totals: { received: { comments: 0 }, late: { comments: 1 } },
    });
    const signing = {
      officer: approver as Officer,
      consultationId: consultation.id,
      seen,
    };
    await signNotice(db, signing, words, clock());
    t.equal(await refused(enter(entry())), 'noticeSigned');
    t.same(await enter(late), first, 'a form that was stored before still gives its receipt');
    await publishNotice(db, input, clock());
    t.equal(await refused(enter(entry())), 'noticeSigned');
  },
);

t.test('late ones are counted apart, get no disposition and no answer; the postmark decides', async (t) => {
  const { db, enter, officer, consultation, clock } = await open(t);
  await submit(db, await form(db, consultation.number, clock()), clock());
  clock.set('2026-04-12T10:00:00+08:00');
  await close(db, consultation);
  t.equal((await enter(entry({ receivedOn: '2026-04-12', postmarkedOn: '2026-04-10' }))).late, false);
  t.equal((await enter(entry({ receivedOn: '2026-04-12', postmarkedOn: '2026-04-11' }))).late, true);
  t.equal((await enter(entry({ channel: 'phone', receivedOn: '2026-04-10' }))).late, false);
  t.equal((await enter(entry({ channel: 'email', receivedOn: '2026-04-12' }))).late, true);
  t.same((await commentCounts(db, [consultation.id])).get(consultation.id), {
    ...{ submissions: 3, comments: 3, undisposed: 3 },
    late: { submissions: 2, comments: 2 },
  });
  t.same(Object.fromEntries(await channelCounts(db, consultation.id)), {
    ...{ online: { submissions: 1, comments: 1 }, letter: { submissions: 1, comments: 1 } },
    phone: { submissions: 1, comments: 1 },
  });
  const late = (await deskComments(db, consultation.id)).find((comment) => comment.late);
  const disposition = { outcome: 'adopted', reason: '' } as const;
  const deed = { officer, consultationId: consultation.id, commentId: late?.id ?? 0, seen: 0, disposition };
  t.equal(await refused(disposeOfComment(db, deed, clock())), 'notAllowed');
});

t.test('whoever entered comments does not sign the notice about them', async (t) => {
  const { db, enter, officers, consultation } = await open(t);
  const administrator = officers['administrator'] as Officer;
  await enter(entry(), administrator);
  t.same(await workersOn(db, consultation.id), [administrator.id]);
});

t.test('an entry stays on the version it was made on', async (t) => {
  const { db, enter, officer, consultation, clock } = await open(t);
  await publishNext(db, officer, consultation, paste().replace('每日检测', '每周检测'), clock());
  await enter(entry(), officer, 1);
  await enter(entry(), officer, 2);
  const drafts = (await deskComments(db, consultation.id)).map(({ draftId }) => draftId);
  t.equal(new Set(drafts).size, 2);
});

t.test('how and when something came is judged with a sentence for each fault', async (t) => {
  const faults = (change: object) => {
    const good = { channel: 'letter', receivedOn: '2026-04-07', postmarkedOn: '' };
    const judged = judgeArrival({ ...good, ...change }, '2026-04-08');
    return 'issues' in judged ? judged.issues.map(({ field, key }) => `${field}.${key}`) : judged;
  };
  t.same(faults({}), { channel: 'letter', receivedOn: '2026-04-07', postmarkedOn: '' });
  t.same(faults({ receivedOn: '4-7', postmarkedOn: '4月6日' }), {
    ...{ channel: 'letter', receivedOn: '2026-04-07', postmarkedOn: '2026-04-06' },
  });
  t.same(faults({ channel: '' }), ['channel.choose']);
  t.same(faults({ channel: 'online' }), ['channel.choose'], 'nobody enters what comes in by itself');
  t.same(faults({ receivedOn: '' }), ['receivedOn.required']);
  t.same(faults({ receivedOn: '昨天' }), ['receivedOn.notADay']);
  t.same(faults({ receivedOn: '2026-04-09' }), ['receivedOn.inTheFuture']);
  t.same(faults({ postmarkedOn: '2026-13-01' }), ['postmarkedOn.notADay']);
  t.same(faults({ postmarkedOn: '2026-04-08' }), ['postmarkedOn.postmarkAfterReceipt']);
  t.same(faults({ channel: 'fax', postmarkedOn: '2026-04-01' }), ['postmarkedOn.postmarkOnLetters']);
});

t.test('a day without a year is the last such day, never one to come', async (t) => {
  t.equal(readPastDay('12-31', '2026-01-02'), '2025-12-31');
  t.equal(readPastDay('1.2', '2026-01-02'), '2026-01-02');
  t.equal(readPastDay('2.30', '2026-03-01'), undefined);
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2000-01-02'), max: new Date('2090-01-01'), noInvalidDate: true }),
      fc.nat(360),
      (now, ago) => {
        const today = dayOf(now);
        const day = addDays(today, -ago);
        const [, month, date] = day.split('-').map(Number);
        return readPastDay(`${month}-${date}`, today) === day && readPastDay(day, today) === day;
      },
    ),
  );
});
