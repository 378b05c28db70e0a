import { workersOn } from '../db/answer-workers.ts';
import { isPublished } from '../db/consultations.ts';
import { writeLedger } from '../db/ledger.ts';
import { insertSigning } from '../db/notice-writes.ts';
import { noticeState } from '../db/notices.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import type { NoticeWords } from '../domain/feedback-notice.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { drawUp } from './draw-up.ts';
import { holdFor } from './hold.ts';
import { isAsJudged } from './judged.ts';
import { freezeRows } from './notice-rows.ts';

interface SigningInput {
  readonly officer: Officer;
  readonly consultationId: number;
}

/**
 * Signs the feedback notice: what stands in it now is frozen, dated today. `seen` is the fingerprint of the notice
 * that the officer read. Throws RuleBroken `notReady` while anything blocks it, `stale` when it says something else
 * by now, `ownWork` for whoever worked on it, `noticeSigned`, `notClosed`, `notAllowed`.
 */
export async function signNotice(
  db: Db,
  input: SigningInput & { readonly seen: string },
  words: NoticeWords,
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const { consultation, notice } = await holdNotice(trx, input);
    if (notice.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
    if ((await workersOn(trx, consultation.id)).includes(input.officer.id)) throw new RuleBroken('ownWork');
    const drawn = await drawUp(trx, consultation, words, now);
    if (drawn.blockers.length > 0) throw new RuleBroken('notReady');
    if (drawn.seen !== input.seen) throw new RuleBroken('stale');
    const signingId = await insertSigning(trx, {
      noticeId: notice.id,
      officerId: input.officer.id,
      verdict: 'signed',
      remark: '',
      content: drawn.notice,
      now,
    });
    await freezeRows(trx, consultation, words, signingId);
    await record(trx, 'noticeSigned', input, now);
  });
}

/**
 * Returns the notice to the caseworker with a remark, before or after it was signed but not once it is published.
 * `judged` is the latest signing or return that the officer saw, 0 for none. Throws RuleBroken `stale` when there is a
 * later one, `noticePublished`, `notClosed`, `notAllowed`.
 */
export async function returnNotice(
  db: Db,
  input: SigningInput & { readonly remark: string; readonly judged?: number },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const { notice } = await holdNotice(trx, input);
    if (notice.publishedAt) throw new RuleBroken('noticePublished');
    if (!isAsJudged(notice, input.judged)) throw new RuleBroken('stale');
    await insertSigning(trx, {
      noticeId: notice.id,
      officerId: input.officer.id,
      verdict: 'returned',
      remark: input.remark,
      content: null,
      now,
    });
    await record(trx, 'noticeReturned', input, now);
  });
}

async function holdNotice(trx: Trx, input: SigningInput) {
  const consultation = await holdFor(trx, input.officer, 'sign', input.consultationId);
  const notice = await noticeState(trx, consultation.id);
  if (!isPublished(consultation) || !consultation.closedAt || !notice) throw new RuleBroken('notClosed');
  return { consultation, notice };
}

function record(trx: Trx, what: 'noticeSigned' | 'noticeReturned', input: SigningInput, now: Date) {
  return writeLedger(trx, { what, consultationId: input.consultationId, officer: input.officer }, now);
}
