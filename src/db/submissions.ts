import { sql } from 'kysely';
import type { Channel, Submission } from '../domain/comment.ts';
import type { Db, Trx } from './session.ts';

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

/** Receipt tokens of submissions already stored, by form token. */
export async function storedReceipts(db: Db, formTokens: readonly string[]): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('submissions')
    .select(['form_token', 'receipt_token'])
    .where('form_token', 'in', formTokens)
    .execute();
  return new Map(rows.map((row) => [row.form_token, row.receipt_token]));
}

/** Consultations held against closing until the transaction ends, by number, each with its newest draft. */
export async function holdForSubmitting(trx: Trx, numbers: readonly string[]) {
  const { rows } = await sql<{
    id: number;
    number: string;
    opens_at: Date;
    closes_at: Date;
    closed_at: Date | null;
    withdrawn_at: Date | null;
    draft_id: number;
  }>`
    select c.id, c.number, c.opens_at, c.closes_at, c.closed_at, c.withdrawn_at,
      (select d.id from drafts d where d.consultation_id = c.id order by d.version desc limit 1) as draft_id
    from consultations c
    where c.number = any(${numbers}) and c.published_at is not null
    order by c.id for share of c`.execute(trx);
  return new Map(rows.map((row) => [row.number, row]));
}

/** Clause ids by `draftId/address`, for the addresses given; unknown ones are absent. */
export async function clauseIds(
  db: Db,
  draftIds: readonly number[],
  addresses: readonly string[],
): Promise<Map<string, number>> {
  if (addresses.length === 0 || draftIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('clauses')
    .select(['id', 'draft_id', 'address'])
    .where('draft_id', 'in', draftIds)
    .where('address', 'in', addresses)
    .execute();
  return new Map(rows.map((row) => [`${row.draft_id}/${row.address}`, row.id]));
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
