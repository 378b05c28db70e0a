import { sql } from 'kysely';
import type { Submission } from '../domain/comment.ts';
import type { ProofClaim } from '../domain/proof.ts';
import { prepared } from './prepared.ts';
import type { Db } from './session.ts';
import { type NewSubmission, storing } from './submissions.ts';

/** A judged online submission, with what came to prove that a person sent it. */
export interface OnlineSubmission
  extends Pick<
    NewSubmission,
    | 'formToken'
    | 'receiptToken'
    | 'consultationId'
    | 'consultationNumber'
    | 'draftId'
    | 'clauseIds'
    | 'salt'
    | 'hash'
  > {
  readonly submission: Submission;
  readonly captchaId: string;
  readonly claim: ProofClaim;
}

/**
 * Stores these of the submissions whose consultation is open at `now`, whose claim agrees with what is kept of a captcha
 * that nobody has used, and whose form token is new; gives the receipt tokens of what was stored. Uses up all these
 * `captchas` and forgets the letters about them. One statement.
 */
export async function insertOpenSubmissions(
  db: Db,
  submissions: readonly OnlineSubmission[],
  captchas: readonly string[],
  now: Date,
): Promise<ReadonlySet<string>> {
  const given = JSON.stringify(submissions.map(rowOf));
  const consultations = [...new Set(submissions.map((each) => each.consultationId))];
  // The shared hold makes the closing wait, and waits for it; not for work on comments (holdBesideForms).
  const { rows } = await sql<{ receiptToken: string }>`
    with held as materialized (
      select id, opens_at, closes_at from consultations
      where id = any(${consultations}::bigint[]) and closed_at is null and withdrawn_at is null for key share
    ), used as (
      update captchas set used_at = ${now}
      where id = any(${captchas}::text[]) and used_at is null and expires_at > ${now} returning id, answer, bits
    ), mailed as (
      delete from mailed_proofs where captcha_id = any(${captchas}::text[]) returning captcha_id, code, confirmed_at
    ), fit as materialized (
      select given.*, 'online' as channel, ${now}::timestamptz as "receivedAt", ${now}::timestamptz as "datedAt",
        '' as "postmarkedOn", null::bigint as "enteredBy", null::timestamptz as "enteredAt",
        'sender' as "clauseFrom"
      from jsonb_to_recordset(${given}::jsonb) as given("formToken" text, "receiptToken" text,
        "consultationId" bigint, "consultationNumber" text, "draftId" bigint, "clauseIds" jsonb, salt text, hash text,
        "commenterKind" text, name text, phone text, email text, consent text, comments jsonb, "captchaId" text,
        typed text, "workBits" integer)
      join held on held.id = "consultationId" and ${now} >= held.opens_at and ${now} < held.closes_at
      join used on used.id = "captchaId"
      left join mailed on mailed.captcha_id = used.id
      where used.bits <= "workBits" or mailed.confirmed_at is not null
        or typed <> '' and (typed = used.answer or typed = mailed.code)
    ),
    ${storing}
    select receipt_token as "receiptToken" from stored ${prepared('open submissions')}`.execute(db);
  return new Set(rows.map((row) => row.receiptToken));
}

function rowOf(form: OnlineSubmission) {
  const { submission, claim } = form;
  return {
    formToken: form.formToken,
    receiptToken: form.receiptToken,
    consultationId: form.consultationId,
    consultationNumber: form.consultationNumber,
    draftId: form.draftId,
    clauseIds: form.clauseIds,
    salt: form.salt,
    hash: form.hash,
    commenterKind: submission.commenterKind,
    name: submission.name,
    phone: submission.phone,
    email: submission.email,
    consent: submission.consent,
    comments: submission.comments,
    captchaId: form.captchaId,
    typed: claim.typed,
    workBits: claim.bits,
  };
}
