import { type Db, type Trx, transaction } from '../db/session.ts';
import { insertSubmissions, type NewSubmission } from '../db/submissions.ts';
import { type Ground, type HeldConsultation, holdForSubmitting } from '../db/submitting.ts';
import type { Submission } from '../domain/comment.ts';
import { type GivenProof, proves } from '../domain/proof.ts';
import { seal } from './seal.ts';
import { sha256 } from './sha256.ts';

/** A judged form on its way into the database. */
export interface SubmissionForm {
  readonly consultationNumber: string;
  /** The version of the draft that the form showed: clause addresses are meant there; null for the newest. */
  readonly draftVersion: number | null;
  readonly formToken: string;
  readonly receiptToken: string;
  /** Unguessable bytes for its seal. */
  readonly salt: Buffer;
  readonly captcha: GivenProof & { readonly id: string };
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
    const ground = await groundFor(trx, forms, clock());
    const now = clock();
    const accepted = new Map<string, NewSubmission>();
    const results = forms.map((form): SubmissionResult => {
      const receiptToken = ground.receipts.get(form.formToken) ?? accepted.get(form.formToken)?.receiptToken;
      if (receiptToken !== undefined) return { kind: 'received', receiptToken };
      const verdict = judge(form, ground, now);
      if (typeof verdict === 'string') return { kind: verdict };
      accepted.set(form.formToken, verdict);
      return { kind: 'received', receiptToken: form.receiptToken };
    });
    if (accepted.size > 0) await insertSubmissions(trx, [...accepted.values()]);
    return results;
  });
}

type Refusal = Exclude<SubmissionResult['kind'], 'received'>;

function groundFor(trx: Trx, forms: readonly SubmissionForm[], now: Date): Promise<Ground> {
  const addresses = forms.flatMap((form) => form.submission.comments.map((comment) => comment.clause));
  const asked = {
    numbers: unique(forms.map((form) => form.consultationNumber)),
    formTokens: unique(forms.map((form) => form.formToken)),
    captchas: unique(forms.map((form) => form.captcha.id)),
    addresses: unique(addresses.filter((address) => address !== '')),
  };
  return holdForSubmitting(trx, asked, now);
}

function judge(form: SubmissionForm, ground: Ground, now: Date): NewSubmission | Refusal {
  const consultation = ground.consultations.get(form.consultationNumber);
  if (!consultation) return 'unknownConsultation';
  if (consultation.closedAt || consultation.withdrawnAt || now >= consultation.closesAt) return 'closed';
  if (now < consultation.opensAt) return 'notOpen';
  const proof = ground.proofs.get(form.captcha.id);
  ground.proofs.delete(form.captcha.id);
  if (!proof || !proves(proof, form.captcha, sha256)) return 'wrongCaptcha';
  const [draftVersion, draftId] = draftOf(form, consultation);
  const found = form.submission.comments.map((comment) =>
    comment.clause ? ground.clauses.get(`${draftId}/${comment.clause}`) : null,
  );
  if (draftId === undefined || found.includes(undefined)) return 'unknownClause';
  const facts = { consultationNumber: consultation.number, channel: 'online', receivedAt: now } as const;
  return {
    ...form.submission,
    ...facts,
    ...seal({ ...form.submission, ...facts, draftVersion, postmarkedOn: '', attachments: [] }, form.salt),
    formToken: form.formToken,
    receiptToken: form.receiptToken,
    consultationId: consultation.id,
    draftId,
    clauseIds: found.map((id) => id ?? null),
    clauseFrom: 'sender',
    datedAt: now,
    postmarkedOn: '',
    entered: null,
  };
}

function draftOf({ draftVersion }: SubmissionForm, { drafts }: HeldConsultation) {
  const version = draftVersion ?? Math.max(...drafts.keys());
  return [version, drafts.get(version)] as const;
}

function unique<T>(values: readonly T[]): T[] {
  return [...new Set(values)];
}
