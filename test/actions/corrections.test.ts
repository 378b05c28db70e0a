import t, { type Test } from 'tap';
import { abandonCorrection } from '../../src/actions/abandon-correction.ts';
import { beginCorrection } from '../../src/actions/begin-correction.ts';
import { checkChannels } from '../../src/actions/check-channels.ts';
import { disposeOfComment } from '../../src/actions/dispose-of-comment.ts';
import { enterSubmission } from '../../src/actions/enter-submission.ts';
import { publishNotice } from '../../src/actions/publish-notice.ts';
import { returnNotice } from '../../src/actions/sign-notice.ts';
import { deskComments } from '../../src/db/comments.ts';
import { dispositionsOf } from '../../src/db/dispositions.ts';
import { ledgerOf } from '../../src/db/ledger.ts';
import { noticeState, publishedNotice } from '../../src/db/notices.ts';
import type { OfficerAccount } from '../../src/db/officers.ts';
import { channels } from '../../src/domain/comment.ts';
import type { Outcome } from '../../src/domain/disposition.ts';
import { RuleBroken } from '../../src/domain/issue.ts';
import { close, form, publish, sign, submit } from '../consultation.ts';
import { testSite } from '../support.ts';

/** An answered consultation with two comments, and a correction of its notice that was begun. */
async function corrected(t: Test) {
  const site = await testSite(t);
  const { db, clock, deps, officers } = site;
  const [caseworker, approver] = [officers['caseworker'], officers['approver']] as [
    OfficerAccount,
    OfficerAccount,
  ];
  const consultation = await publish(db, caseworker, clock());
  for (const text of ['建议写明检测项目。', '水价太高。'])
    await submit(db, await form(db, consultation.number, clock(), { text }), clock());
  await close(db, consultation);
  clock.set('2026-04-13T09:00:00+08:00');
  const by = { officer: caseworker, consultationId: consultation.id };
  const dispose = async (index: number, outcome: Outcome, reason: string) => {
    const comment = (await deskComments(db, consultation.id))[index];
    const seen = { commentId: comment?.id ?? 0, seen: comment?.dispositionId ?? 0 };
    await disposeOfComment(db, { ...by, ...seen, disposition: { outcome, reason } }, clock());
  };
  await dispose(0, 'adopted', '');
  await dispose(1, 'notAdopted', '已经核算过成本。');
  await checkChannels(db, { ...by, checked: channels }, clock());
  const signs = () => sign(db, approver, consultation, deps.sentences.notice, clock());
  await signs();
  await publishNotice(db, by, clock());
  const begin = (what: string) => beginCorrection(db, { ...by, what }, clock());
  await begin('第三条的采纳情况登记有误。');
  const abandon = async () => {
    const notice = (await noticeState(db, consultation.id))?.id ?? 0;
    return abandonCorrection(db, { ...by, notice }, clock());
  };
  return { ...site, consultation, approver, by, dispose, signs, begin, abandon };
}

function ruleOf(deed: Promise<unknown>): Promise<string> {
  return deed.then(
    () => 'done',
    (error: unknown) => (error instanceof RuleBroken ? error.rule : String(error)),
  );
}

t.test(
  'a correction that is given up leaves what is published, and takes back what was changed',
  async (t) => {
    const { db, clock, consultation, by, dispose, signs, begin, abandon } = await corrected(t);
    const published = await publishedNotice(db, consultation.id);
    await dispose(0, 'notAdopted', '改为不采纳，另有规定。');
    await dispose(1, 'notAdopted', '已经核算过成本。');
    t.equal(await abandon(), 1, 'the one that says something else than what is published');
    const comments = await deskComments(db, consultation.id);
    t.same(
      comments.map(({ outcome, reason }) => [outcome, reason]),
      [
        ['adopted', ''],
        ['notAdopted', '已经核算过成本。'],
      ],
    );
    t.equal((await dispositionsOf(db, comments[0]?.id ?? 0)).length, 3, 'as a new row, the others stay');
    t.same(await publishedNotice(db, consultation.id), published);
    const state = await noticeState(db, consultation.id);
    t.match(state, { sequence: 1, correction: '' });
    t.match((await ledgerOf(db, consultation.id))[0], { what: 'correctionAbandoned' });
    t.equal(await ruleOf(dispose(0, 'notAdopted', '又改。')), 'noticeSigned', 'it is signed as before');
    t.equal(await ruleOf(abandon()), 'stale', 'there is nothing to give up any more');

    await begin('第四条的采纳情况登记有误。');
    t.match(await noticeState(db, consultation.id), {
      sequence: 2,
      correction: '第四条的采纳情况登记有误。',
    });
    await dispose(1, 'adopted', '');
    await signs();
    await publishNotice(db, by, clock());
    const second = await publishedNotice(db, consultation.id);
    t.match(second, { sequence: 2, notice: { branch: 'allAdopted' } });
    t.match(second?.notice.paragraphs.join(), '第四条的采纳情况登记有误。');
  },
);

t.test('a correction is not given up while it is signed, nor when something came in since', async (t) => {
  const { db, clock, consultation, approver, by, dispose, signs, abandon } = await corrected(t);
  await signs();
  t.equal(await ruleOf(abandon()), 'noticeSigned');
  await returnNotice(db, { ...by, officer: approver, remark: '不必更正。' }, clock());
  const { submission, ...made } = await form(db, consultation.number, clock());
  const arrival = { channel: 'letter', receivedOn: '2026-04-09', postmarkedOn: '' } as const;
  await enterSubmission(db, { ...by, draftVersion: 1, entry: { arrival, submission, ...made } }, clock());
  t.equal(await ruleOf(abandon()), 'correctionNeeded');
  await dispose(2, 'adopted', '');
  await checkChannels(db, { ...by, checked: channels }, clock());
  await signs();
  await publishNotice(db, by, clock());
  t.match((await publishedNotice(db, consultation.id))?.notice.totals.received, { comments: 3 });
});
