import { sql } from 'kysely';
import type { Channel, Submission } from '../domain/comment.ts';
import type { Trx } from './session.ts';

/** A judged submission with what the form and the server add to it. */
export interface NewSubmission extends Submission {
  readonly formToken: string;
  readonly receiptToken: string;
  readonly consultationId: number;
  readonly consultationNumber: string;
  readonly draftId: number;
  /** Clause ids, in the order of `comments`; null for the whole draft. */
  readonly clauseIds: readonly (number | null)[];
  readonly channel: Channel;
  readonly receivedAt: Date;
}

/** Stores submissions with their comments and the letters they cause, in one statement. */
export async function insertSubmissions(trx: Trx, submissions: readonly NewSubmission[]): Promise<void> {
  const given = JSON.stringify(submissions);
  await sql`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as g("formToken" text, "receiptToken" text,
        "consultationId" bigint, "consultationNumber" text, "draftId" bigint, "clauseIds" jsonb, channel text,
        "receivedAt" timestamptz, "commenterKind" text, name text, phone text, email text, consent text, comments jsonb)
    ), stored as (
      insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at,
        commenter_kind, name, phone, email, consent)
      select "consultationId", "formToken",
        "consultationNumber" || '-' || lpad(nextval('receipt_numbers')::text, 6, '0'), "receiptToken", channel,
        "receivedAt", "commenterKind", name, phone, email, consent
      from given
      returning id, form_token, received_at, email
    ), letter as (
      insert into letters (kind, submission_id, created_at, due_at)
      select 'receipt', id, received_at, received_at from stored where email <> ''
    )
    insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
    select stored.id, "consultationId", "draftId", (g."clauseIds" ->> (c.nr - 1)::int)::bigint, c.nr - 1,
      c.comment ->> 'stance', c.comment ->> 'text', c.comment ->> 'proposedWording'
    from given g join stored on stored.form_token = g."formToken",
      jsonb_array_elements(g.comments) with ordinality as c(comment, nr)`.execute(trx);
}
