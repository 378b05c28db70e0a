import { sql } from 'kysely';
import type { Channel, ClauseFrom, Submission } from '../domain/comment.ts';
import type { Day } from '../domain/shanghai.ts';
import type { Db, Trx } from './session.ts';

/** A judged submission with what the form and the server add to it. */
export interface NewSubmission extends Submission {
  /** Makes it arrive once, whatever its channel. */
  readonly formToken: string;
  readonly receiptToken: string;
  readonly consultationId: number;
  readonly consultationNumber: string;
  readonly draftId: number;
  /** Clause ids, in the order of `comments`; null for the whole draft. */
  readonly clauseIds: readonly (number | null)[];
  readonly clauseFrom: ClauseFrom;
  readonly channel: Channel;
  /** For a day known only by its date, that day's first instant. */
  readonly receivedAt: Date;
  /** What decides whether it came in time: the postmark's day, else `receivedAt`. */
  readonly datedAt: Date;
  /** Empty for none. */
  readonly postmarkedOn: Day | '';
  /** Who entered it at the desk, and when; null for what came in by itself. */
  readonly entered: { readonly by: number; readonly at: Date } | null;
  /** Its seal, in hexadecimal digits. */
  readonly salt: string;
  readonly hash: string;
}

/** What was stored; a form token that was there already is not among it. */
export interface StoredSubmission {
  readonly id: number;
  readonly formToken: string;
  readonly receiptNumber: string;
}

/** An online submission on its way, whose captcha was answered rightly. */
export interface OnlineSubmission extends NewSubmission {
  readonly captchaId: string;
}

/** Stores submissions with their comments and the letters they cause, in one statement. */
export async function insertSubmissions(
  trx: Trx,
  submissions: readonly NewSubmission[],
): Promise<StoredSubmission[]> {
  const given = JSON.stringify(submissions);
  const { rows } = await sql<StoredSubmission>`/* prepared: submissions */
    with given as materialized (${rowsOf(given)}),
    fit as materialized (select * from given),
    ${storing}`.execute(trx);
  return rows;
}

/**
 * As insertSubmissions, for those alone whose consultation is open at their `receivedAt` and whose captcha nobody has
 * used; those with a form token that is stored already are left out, too. Uses up all these `captchas` and forgets
 * the letters about them.
 */
export async function insertOpenSubmissions(
  db: Db,
  submissions: readonly OnlineSubmission[],
  captchas: readonly string[],
  now: Date,
): Promise<StoredSubmission[]> {
  const given = JSON.stringify(submissions);
  // The shared hold makes the closing wait, and waits for it.
  const { rows } = await sql<StoredSubmission>`/* prepared: open submissions */
    with given as materialized (${rowsOf(given)}),
    held as materialized (
      select id, opens_at, closes_at from consultations
      where id in (select "consultationId" from given) and closed_at is null and withdrawn_at is null for share
    ), used as (
      update captchas set used_at = ${now}
      where id = any(${captchas}::text[]) and used_at is null and expires_at > ${now} returning id
    ), mailed as (
      delete from mailed_proofs where captcha_id = any(${captchas}::text[])
    ), fit as materialized (
      select given.* from given
      join held on held.id = "consultationId"
        and "receivedAt" >= held.opens_at and "receivedAt" < held.closes_at
      join used on used.id = "captchaId"
    ),
    ${storing}`.execute(db);
  return rows;
}

/** Marks a submission as withdrawn by whoever sent it. */
export async function markWithdrawn(trx: Trx, id: number, now: Date): Promise<void> {
  await trx.updateTable('submissions').set({ withdrawn_at: now }).where('id', '=', id).execute();
}

function rowsOf(json: string) {
  return sql`
    select * from jsonb_to_recordset(${json}::jsonb) as g("formToken" text, "receiptToken" text,
      "consultationId" bigint, "consultationNumber" text, "draftId" bigint, "clauseIds" jsonb, "clauseFrom" text,
      channel text, "receivedAt" timestamptz, "datedAt" timestamptz, "postmarkedOn" text, entered jsonb, salt text,
      hash text, "commenterKind" text, name text, phone text, email text, consent text, comments jsonb,
      "captchaId" text)`;
}

// What a statement ends with that has put the rows to store into `fit`.
const storing = sql`stored as (
      insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at,
        dated_at, postmarked_on, entered_by, entered_at, salt, hash, commenter_kind, name, phone, email, consent)
      select "consultationId", "formToken",
        "consultationNumber" || '-' || lpad(nextval('receipt_numbers')::text, 6, '0'), "receiptToken", channel,
        "receivedAt", "datedAt", nullif("postmarkedOn", '')::date, (entered ->> 'by')::bigint,
        (entered ->> 'at')::timestamptz, decode(salt, 'hex'), decode(hash, 'hex'), "commenterKind", name, phone, email,
        consent
      from fit
      on conflict (form_token) do nothing
      returning id, form_token, receipt_number, received_at, coalesce(entered_at, received_at) as stored_at, email
    ), letter as (
      insert into letters (kind, submission_id, created_at, due_at)
      select 'receipt', id, stored_at, stored_at from stored where email <> ''
    ), comment as (
      insert into comments (submission_id, consultation_id, draft_id, clause_id, clause_from, position, stance, text,
        proposed_wording, quotation)
      select stored.id, "consultationId", "draftId", (fit."clauseIds" ->> (c.nr - 1)::int)::bigint, "clauseFrom",
        c.nr - 1, c.comment ->> 'stance', c.comment ->> 'text', c.comment ->> 'proposedWording',
        nullif(c.comment -> 'quotation', 'null')
      from fit join stored on stored.form_token = fit."formToken",
        jsonb_array_elements(fit.comments) with ordinality as c(comment, nr)
    )
    select id, form_token as "formToken", receipt_number as "receiptNumber" from stored`;
