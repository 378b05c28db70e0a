import { sql } from 'kysely';
import type { Channel, ClauseFrom, Submission } from '../domain/comment.ts';
import type { Day } from '../domain/shanghai.ts';
import { prepared } from './prepared.ts';
import type { Trx } from './session.ts';

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

/** Stores submissions with their comments and the letters they cause, in one statement. */
export async function insertSubmissions(
  trx: Trx,
  submissions: readonly NewSubmission[],
): Promise<StoredSubmission[]> {
  const given = JSON.stringify(submissions);
  const { rows } = await sql<StoredSubmission>`
    with fit as materialized (
      select given.*, (entered ->> 'by')::bigint as "enteredBy", (entered ->> 'at')::timestamptz as "enteredAt"
      from jsonb_to_recordset(${given}::jsonb) as given("formToken" text, "receiptToken" text, "consultationId" bigint,
        "consultationNumber" text, "draftId" bigint, "clauseIds" jsonb, "clauseFrom" text, channel text,
        "receivedAt" timestamptz, "datedAt" timestamptz, "postmarkedOn" text, entered jsonb, salt text, hash text,
        "commenterKind" text, name text, phone text, email text, consent text, comments jsonb)
    ),
    ${storing}
    select id, form_token as "formToken", receipt_number as "receiptNumber" from stored
    ${prepared('submissions')}`.execute(trx);
  return rows;
}

/** Marks a submission as withdrawn by whoever sent it. */
export async function markWithdrawn(trx: Trx, id: number, now: Date): Promise<void> {
  await trx.updateTable('submissions').set({ withdrawn_at: now }).where('id', '=', id).execute();
}

/** What a statement goes on with that has put the rows to store into `fit`; it leaves what is new in `stored`. */
export const storing = sql`stored as (
      insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at,
        dated_at, postmarked_on, entered_by, entered_at, salt, hash, commenter_kind, name, phone, email, consent)
      select "consultationId", "formToken",
        "consultationNumber" || '-' || lpad(nextval('receipt_numbers')::text, 6, '0'), "receiptToken", channel,
        "receivedAt", "datedAt", nullif("postmarkedOn", '')::date, "enteredBy", "enteredAt", decode(salt, 'hex'),
        decode(hash, 'hex'), "commenterKind", name, phone, email, consent
      from fit
      on conflict (form_token) do nothing
      returning id, form_token, receipt_number, receipt_token, received_at,
        coalesce(entered_at, received_at) as stored_at, email
    ), letter as (
      insert into letters (kind, submission_id, created_at, due_at)
      select 'receipt', id, stored_at, stored_at from stored where email <> ''
    ), comment as (
      insert into comments (submission_id, consultation_id, draft_id, clause_id, clause_from, position, stance, text,
        proposed_wording, quotation)
      select stored.id, "consultationId", "draftId", (fit."clauseIds" ->> (c.nr - 1)::int)::bigint, "clauseFrom",
        c.nr - 1, c.comment ->> 'stance', c.comment ->> 'text', c.comment ->> 'proposedWording',
        nullif(c.comment -> 'quotation', 'null')
      from fit join stored on stored.receipt_token = fit."receiptToken",
        jsonb_array_elements(fit.comments) with ordinality as c(comment, nr)
    )`;
