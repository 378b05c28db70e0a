import type { Trx } from './session.ts';

/** Everything that is written down when it happens; each has a sentence under `ledger` in views/sentences. */
export type Deed =
  | 'consultationStarted'
  | 'announcementSaved'
  | 'outlineSaved'
  | 'consultationPublished'
  | 'consultationClosed'
  | 'commentDisposed'
  | 'channelChecked'
  | 'noticeSigned'
  | 'noticeReturned'
  | 'noticePublished'
  | 'officerInvited'
  | 'officerSetUp';

/** Writes down who did what to which consultation, in the transaction that does it. */
export async function writeLedger(
  trx: Trx,
  entry: {
    readonly what: Deed;
    readonly consultationId?: number;
    readonly officerId?: number;
    readonly detail?: object;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('ledger_entries')
    .values({
      what: entry.what,
      consultation_id: entry.consultationId ?? null,
      officer_id: entry.officerId ?? null,
      detail: JSON.stringify(entry.detail ?? {}),
      created_at: now,
    })
    .execute();
}

/** Officers who worked on a consultation's answer: they gave dispositions or ticked channels. */
export async function workersOn(trx: Trx, consultationId: number): Promise<number[]> {
  const rows = await trx
    .selectFrom('ledger_entries')
    .select('officer_id')
    .distinct()
    .where('consultation_id', '=', consultationId)
    .where('what', 'in', ['commentDisposed', 'channelChecked'])
    .execute();
  return rows.flatMap((row) => row.officer_id ?? []);
}
