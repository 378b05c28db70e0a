import { sql } from 'kysely';
import type { Notice } from '../domain/feedback-notice.ts';
import { isLate } from './late.ts';
import { queueCorrections } from './published-dispositions.ts';
import type { Trx } from './session.ts';

/** Adds the approver's verdict on a notice and gives its id; `content` is what was signed, null for a return. */
export async function insertSigning(
  trx: Trx,
  signing: {
    readonly noticeId: number;
    readonly officerId: number;
    readonly verdict: 'signed' | 'returned';
    readonly remark: string;
    readonly content: Notice | null;
    readonly now: Date;
  },
): Promise<number> {
  const { id } = await trx
    .insertInto('notice_signings')
    .values({
      notice_id: signing.noticeId,
      officer_id: signing.officerId,
      verdict: signing.verdict,
      remark: signing.remark,
      content: signing.content && JSON.stringify(signing.content),
      last_disposition: sql<number>`(select coalesce(max(id), 0) from dispositions)`,
      created_at: signing.now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Adds a further notice, which corrects the one before it; corrections of that number that were given up stay. */
export async function insertCorrection(
  trx: Trx,
  correction: {
    readonly consultationId: number;
    readonly sequence: number;
    readonly what: string;
    readonly officerId: number;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('feedback_notices')
    .values({
      consultation_id: correction.consultationId,
      sequence: correction.sequence,
      drawn_up_at: now,
      correction: correction.what,
      begun_by: correction.officerId,
      attempt: sql<number>`(select count(*) + 1 from feedback_notices
        where consultation_id = ${correction.consultationId} and sequence = ${correction.sequence})`,
    })
    .execute();
}

/** Notes that a correction was given up. */
export async function insertAbandonment(
  trx: Trx,
  { noticeId, officerId }: { readonly noticeId: number; readonly officerId: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('abandoned_corrections')
    .values({ notice_id: noticeId, officer_id: officerId, created_at: now })
    .execute();
}

/**
 * Makes a signed notice public, and queues a letter to everyone in time who left an address and did not withdraw: the
 * answer, once, and after it one for each correction that changes something for them.
 */
export async function insertPublication(
  trx: Trx,
  publication: {
    readonly consultationId: number;
    readonly noticeId: number;
    readonly signingId: number;
    readonly officerId: number;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('notice_publications')
    .values({
      notice_id: publication.noticeId,
      signing_id: publication.signingId,
      officer_id: publication.officerId,
      published_at: now,
    })
    .execute();
  await queueCorrections(trx, publication, now);
  await sql`
    insert into letters (kind, submission_id, created_at, due_at)
    select 'answer', s.id, ${now}, ${now} from submissions s join consultations c on c.id = s.consultation_id
    where c.id = ${publication.consultationId} and s.email <> '' and s.withdrawn_at is null and not ${isLate}
    on conflict do nothing`.execute(trx);
}
