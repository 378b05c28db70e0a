import { useCaptchas } from '../db/captchas.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import {
  clauseIds,
  holdForSubmitting,
  insertSubmissions,
  type NewSubmission,
  storedReceipts,
} from '../db/submissions.ts';
import type { Submission } from '../domain/comment.ts';

/** A judged form on its way into the database. */
export interface SubmissionForm {
  readonly consultationNumber: string;
  readonly formToken: string;
  readonly receiptToken: string;
  readonly captcha: { readonly id: string; readonly answer: string };
  readonly submission: Submission;
}

export type SubmissionResult =
  | { readonly kind: 'received'; readonly receiptToken: string }
  | { readonly kind: 'closed' | 'notOpen' | 'wrongCaptcha' | 'unknownConsultation' | 'unknownClause' };

/**
 * Stores several online submissions in one transaction, so that a burst shares a commit. Results come in the order
 * of the forms. A form token that was stored before gives its first receipt again and stores nothing. The deadline
 * is judged by `clock` while the consultation is held; a captcha is used up whatever the result.
 */
export async function submitComments(
  db: Db,
  forms: readonly SubmissionForm[],
  clock: () => Date,
): Promise<SubmissionResult[]> {
  return transaction(db, async (trx) => {
    const stored = await storedReceipts(
      trx,
      forms.map((form) => form.formToken),
    );
    const fresh = forms.filter((form) => !stored.has(form.formToken));
    const judge = fresh.length > 0 ? await prepareJudge(trx, fresh, clock) : undefined;
    const accepted = new Map<string, NewSubmission>();
    const results = forms.map((form): SubmissionResult => {
      const receiptToken = stored.get(form.formToken) ?? accepted.get(form.formToken)?.receiptToken;
      if (receiptToken !== undefined) return { kind: 'received', receiptToken };
      const verdict = judge?.(form) ?? 'unknownConsultation';
      if (typeof verdict === 'string') return { kind: verdict };
      accepted.set(form.formToken, verdict);
      return { kind: 'received', receiptToken: form.receiptToken };
    });
    if (accepted.size > 0) await insertSubmissions(trx, [...accepted.values()]);
    return results;
  });
}

type Refusal = Exclude<SubmissionResult['kind'], 'received'>;

async function prepareJudge(trx: Trx, forms: readonly SubmissionForm[], clock: () => Date) {
  const consultations = await holdForSubmitting(trx, unique(forms.map((form) => form.consultationNumber)));
  const now = clock();
  const answers = await useCaptchas(trx, unique(forms.map((form) => form.captcha.id)), now);
  const drafts = [...consultations.values()].map((consultation) => consultation.draft_id);
  const addresses = forms.flatMap((form) => form.submission.comments.map((comment) => comment.clause));
  const ids = await clauseIds(trx, drafts, unique(addresses.filter((address) => address !== '')));

  return (form: SubmissionForm): NewSubmission | Refusal => {
    const consultation = consultations.get(form.consultationNumber);
    if (!consultation) return 'unknownConsultation';
    if (consultation.closed_at || consultation.withdrawn_at || now >= consultation.closes_at) return 'closed';
    if (now < consultation.opens_at) return 'notOpen';
    const expected = answers.get(form.captcha.id);
    answers.delete(form.captcha.id);
    if (!expected || expected !== form.captcha.answer.trim().toLowerCase()) return 'wrongCaptcha';
    const found = form.submission.comments.map((comment) =>
      comment.clause ? ids.get(`${consultation.draft_id}/${comment.clause}`) : null,
    );
    if (found.includes(undefined)) return 'unknownClause';
    return {
      ...form.submission,
      formToken: form.formToken,
      receiptToken: form.receiptToken,
      consultationId: consultation.id,
      consultationNumber: consultation.number,
      draftId: consultation.draft_id,
      clauseIds: found.map((id) => id ?? null),
      channel: 'online',
      receivedAt: now,
    };
  };
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
