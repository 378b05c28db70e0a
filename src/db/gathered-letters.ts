import { sql } from 'kysely';
import { type OfficerLetterDetails, queueOfficerLetter } from './officer-letters.ts';
import type { Trx } from './session.ts';

/** Comments of a consultation that somebody gave to an officer. */
export interface Given {
  readonly officerId: number;
  readonly detail: Omit<OfficerLetterDetails['commentsAssigned'], 'count'> & { readonly count: number };
}

/**
 * Queues the letter that tells an officer of comments given to them, to be sent at `dueAt`; one about the same
 * consultation that nobody has begun to send tells of them as well, in its own time. The consultation is held.
 */
export async function queueGiven(trx: Trx, given: Given, dueAt: Date, now: Date): Promise<void> {
  if (await addToWaiting(trx, given)) return;
  const { officerId, detail } = given;
  const letter = { ...detail, count: String(detail.count) };
  await queueOfficerLetter(trx, { kind: 'commentsAssigned', officerId, detail: letter }, now, dueAt);
}

async function addToWaiting(trx: Trx, { officerId, detail }: Given): Promise<boolean> {
  const { numAffectedRows } = await sql`
    update letters set detail = detail || jsonb_build_object(
      'count', ((detail ->> 'count')::int + ${detail.count}::int)::text,
      'by', case when ${detail.by}::text = any(string_to_array(detail ->> 'by', '、')) then detail ->> 'by'
        else (detail ->> 'by') || '、' || ${detail.by}::text end)
    where id = (
      select id from letters where officer_id = ${officerId} and kind = 'commentsAssigned'
        and detail ->> 'consultationId' = ${detail.consultationId}
        and attempts = 0 and sent_at is null and failed_at is null
      order by id desc limit 1 for update)`.execute(trx);
  return (numAffectedRows ?? 0n) > 0n;
}
