import t, { type Test } from 'tap';
import { addSheet } from '../../src/actions/add-sheet.ts';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { confirmSheet } from '../../src/actions/confirm-sheet.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { enterSubmission } from '../../src/actions/enter-submission.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { redactComment } from '../../src/actions/redact-comment.ts';
import { screenComments } from '../../src/actions/screen-comments.ts';
import { returnNotice } from '../../src/actions/sign-notice.ts';
import { startConsultation } from '../../src/actions/start-consultation.ts';
import { workOnAnswer } from '../../src/db/answer-workers.ts';
import { deskComments } from '../../src/db/comments.ts';
import type { PublishedConsultation } from '../../src/db/consultations.ts';
import { writeLedger } from '../../src/db/ledger.ts';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { transaction } from '../../src/db/session.ts';
import { channels } from '../../src/domain/comment.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { paste } from '../fixtures/paste.ts';
import { arrivals } from '../intake/arrivals.ts';
import { message } from '../intake/letters.ts';
import { post } from '../mailbox.ts';
import { type TestSite, testSite } from '../support.ts';
import { prepareVersion } from '../versions.ts';
import { publicAddresses, readAll } from './access/crawl.ts';
import { internal, worded, writeInternals } from './before-notice/internals.ts';

// Words of their own, the same in either script: whoever adds something internal adds a deed here that says one.
const untilPublished = ['SECRET-REASON', 'SECRET-OUTCOME-REASON-2'];
const forEver = [
  ...internal,
  'SECRET-REMARK',
  'SECRET-COVERED',
  'SECRET-UNPUBLISHED',
  'SECRET-NEXT-VERSION',
  'SECRET-MAIL',
];
const sendersAlone = ['SECRET-HIDDEN-COMMENT', 'SECRET-NAME', 'secret@example.cn', '0999-5550188'];

const officerOf = ({ officers }: TestSite, login: string) => officers[login] as OfficerAccount;

async function dispose(site: TestSite, { id }: PublishedConsultation, by: OfficerAccount, words: string[]) {
  for (const [nr, comment] of (await deskComments(site.db, id)).entries()) {
    const disposition = { outcome: 'notAdopted', reason: words[nr] ?? '与本办法无关。' } as const;
    const input = {
      officer: by,
      consultationId: id,
      commentId: comment.id,
      disposition,
      seen: comment.dispositionId,
    };
    await disposeOfComment(site.db, input, site.clock());
  }
}

/** A consultation whose notice is signed and not yet published, with a secret in everything internal. */
async function signed(t: Test) {
  const plenty = { max: 1_000, windowMs: 60_000 };
  const site = await testSite(t, { limits: { documents: plenty, forms: plenty } });
  const { db, clock, deps } = site;
  const caseworker = officerOf(site, 'caseworker');
  const consultation = await publish(db, caseworker, clock(), undefined, { showsComments: true });
  const send = async (text: string, more = {}) => {
    const one = await form(db, consultation.number, clock(), { text, ...more });
    await submit(db, one, clock());
    return one.receiptToken;
  };
  const person = { name: 'SECRET-NAME', phone: '0999-5550188', email: 'secret@example.cn', consent: 'no' };
  const receipts = [await send('建议写明。SECRET-COVERED', { email: 'wen@example.cn' })];
  receipts.push(await send('SECRET-HIDDEN-COMMENT', person));
  await (await arrivals(site, 'shuiwu@qingyuan.example.cn'))(
    message({ subject: '自动回复：SECRET-MAIL', text: 'SECRET-MAIL' }),
  );
  const [covered, hidden] = await deskComments(db, consultation.id);
  const input = { officer: caseworker, consultationId: consultation.id, looked: true };
  const seen = (id = 0) => [{ id, seen: 0 }];
  const redaction = { commentId: covered?.id ?? 0, seen: 0, passages: ['SECRET-COVERED'], reason: '隐私' };
  await redactComment(db, { ...input, ...redaction }, clock());
  const shown = { verdict: 'shown', reason: '' } as const;
  await screenComments(db, { ...input, comments: seen(covered?.id), screening: shown }, clock());
  const hide = { verdict: 'hidden', reason: '含个人信息' } as const;
  await screenComments(db, { ...input, comments: seen(hidden?.id), screening: hide }, clock());
  const source = paste().replaceAll('农村供水', 'SECRET-UNPUBLISHED');
  await startConsultation(db, { officer: caseworker, kind: 'other', source }, clock());
  const next = paste().replace('一户一表', 'SECRET-NEXT-VERSION');
  await prepareVersion(db, caseworker, consultation.id, next, clock());
  await close(db, consultation);
  clock.set(consultation.closesAt);
  await writeInternals(site, consultation, caseworker);
  await dispose(site, consultation, caseworker, untilPublished);
  await checkChannels(db, { ...input, checked: channels }, clock());
  const approver = officerOf(site, 'approver');
  await sign(db, approver, consultation, deps.sentences.notice, clock());
  const back = { officer: approver, consultationId: consultation.id, remark: 'SECRET-REMARK' };
  await returnNotice(db, back, clock());
  await sign(db, approver, consultation, deps.sentences.notice, clock());
  /** All that anybody can read, and what their letters say; receipts apart. */
  const read = async () => {
    const place = { number: consultation.number, version: '1', address: 'art_3' };
    const own = new Set(receipts.map((token) => `/receipts/${token}`));
    const all = await readAll(site.app, ['/', ...publicAddresses(place)]);
    const theirs = await readAll(site.app, [
      ...own,
      ...receipts.flatMap((token) => publicAddresses({ ...place, token })),
    ]);
    const letters = (await post(site)).map((letter) => JSON.stringify(letter)).join('\n');
    return {
      all: [...all.values()].join('\n'),
      theirs: [...theirs.values(), letters].join('\n'),
      pages: all,
    };
  };
  return { ...site, consultation, caseworker, read };
}

t.test(
  'nobody sees a disposition, a remark or anything internal before the notice is published',
  async (t) => {
    const { db, clock, consultation, caseworker, read } = await signed(t);
    const before = await read();
    t.ok(before.pages.size > 20, `${before.pages.size} pages were read`);
    for (const secret of [...untilPublished, ...worded, ...forEver, ...sendersAlone])
      t.notOk(before.all.includes(secret), `${secret} is not public`);
    for (const secret of [
      ...untilPublished,
      ...worded,
      ...forEver.filter((each) => each !== 'SECRET-COVERED'),
    ])
      t.notOk(before.theirs.includes(secret), `${secret} is on no receipt and in no letter`);
    t.ok(before.theirs.includes('SECRET-HIDDEN-COMMENT'), 'the sender reads their own');

    await publishNotice(db, { officer: caseworker, consultationId: consultation.id }, clock());
    const after = await read();
    for (const reason of untilPublished) t.ok(after.theirs.includes(reason), `${reason} is on the receipt`);
    for (const words of ['SECRET-REASON', ...worded])
      t.ok(after.all.includes(words), `${words} is in the notice`);
    const printed = [...after.pages].filter(([to]) => to.includes('.pdf'));
    t.ok(printed.length >= 3, 'announcement, notice and table are read as PDF');
    for (const words of ['SECRET-REASON', 'SECRET-WORDS'])
      t.ok(
        printed.some(([, text]) => text.includes(words)),
        `${words} is printed`,
      );
    for (const secret of [...forEver, ...sendersAlone])
      t.notOk(after.all.includes(secret), `${secret} stays internal`);
    for (const secret of internal)
      t.notOk(after.theirs.includes(secret), `${secret} is on no receipt and in no letter`);
  },
);

/** Everything that makes somebody a worker on the answer, done by this officer to one of the comments. */
const work: Readonly<
  Record<string, (site: TestSite, at: PublishedConsultation, officer: OfficerAccount) => Promise<unknown>>
> = {
  submissionEntered: ({ db, clock }, { id }, officer) => {
    const submission = {
      ...({ commenterKind: 'individual', name: '', phone: '', email: '', consent: 'no' } as const),
      comments: [
        { clause: '', stance: 'other' as const, text: '来电', proposedWording: '', quotation: null },
      ],
    };
    const arrival = { channel: 'phone', receivedOn: '2026-04-09', postmarkedOn: '' } as const;
    const made = { formToken: 'entered', receiptToken: 'entered', salt: Buffer.alloc(16) };
    const entry = { arrival, submission, ...made };
    return enterSubmission(db, { officer, consultationId: id, draftVersion: 1, entry }, clock());
  },
  sheetConfirmed: async (site, { id }, officer) => {
    const { db, clock } = site;
    const bytes = Buffer.from('渠道,收到日期,条款,意见内容\n信函,2026-04-09,第三条,建议写明。');
    const sheet = { officer, consultationId: id, name: '来件.csv', bytes };
    const sheetId = await addSheet(db, sheet, clock());
    await site.workOnSheets();
    await confirmSheet(db, { officer, consultationId: id, sheetId }, clock());
    await site.workOnSheets();
  },
  commentsScreened: async ({ db, clock }, { id }, officer) => {
    const comments = (await deskComments(db, id)).slice(0, 1).map((each) => ({ id: each.id, seen: 0 }));
    const screening = { verdict: 'shown', reason: '' } as const;
    const input = { officer, consultationId: id, comments, screening, looked: true };
    await screenComments(db, input, clock());
  },
  commentRedacted: async ({ db, clock }, { id }, officer) => {
    const commentId = (await deskComments(db, id))[0]?.id ?? 0;
    const words = { passages: ['写明'], reason: '隐私' };
    await redactComment(db, { officer, consultationId: id, commentId, seen: 0, ...words }, clock());
  },
  commentDisposed: (site, at, officer) => dispose(site, at, officer, []),
  channelChecked: ({ db, clock }, { id }, officer) =>
    checkChannels(db, { officer, consultationId: id, checked: ['letter'] }, clock()),
};

// What is here beside those tried by a deed of their own counts by its trace.
const ownWork = [
  ...Object.keys(work),
  ...['groupConfirmed', 'groupExtended', 'commentsGrouped', 'groupDissolved', 'commentsDisposed'],
  ...['dispositionTakenBack', 'batchTakenBack', 'noticeWorded', 'draftDropped', 'draftKept'],
  ...['correctionBegun', 'correctionAbandoned'],
];

t.test('nobody signs off their own work, whatever of it they did', async (t) => {
  t.same([...workOnAnswer].sort(), ownWork.sort(), 'all of it counts');
  const site = await testSite(t);
  const { db, clock, deps } = site;
  const [caseworker, administrator] = [officerOf(site, 'caseworker'), officerOf(site, 'administrator')];
  const prepared: PublishedConsultation[] = [];
  for (const _ of workOnAnswer) {
    const consultation = await publish(db, caseworker, clock());
    await submit(db, await form(db, consultation.number, clock()), clock());
    prepared.push(consultation);
  }
  clock.set(prepared[0]?.closesAt ?? clock());
  for (const [nr, deed] of workOnAnswer.entries()) {
    const consultation = prepared[nr] as PublishedConsultation;
    await close(db, consultation);
    const trace = () =>
      transaction(db, (trx) =>
        writeLedger(trx, { what: deed, consultationId: consultation.id, officer: administrator }, clock()),
      );
    await (work[deed]?.(site, consultation, administrator) ?? trace());
    const left = (await deskComments(db, consultation.id)).filter(({ outcome }) => !outcome);
    if (left.length > 0) await dispose(site, consultation, caseworker, []);
    const input = { officer: caseworker, consultationId: consultation.id };
    await checkChannels(db, { ...input, checked: channels }, clock());
    const signing = (login: string) =>
      sign(db, officerOf(site, login), consultation, deps.sentences.notice, clock()).then(
        () => 'signed',
        (error: unknown) => (error instanceof RuleBroken ? error.rule : String(error)),
      );
    t.equal(await signing('administrator'), 'ownWork', deed);
    t.equal(await signing('approver'), 'signed', `${deed}: another person may`);
  }
});
