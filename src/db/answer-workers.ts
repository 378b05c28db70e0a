import type { Deed } from './ledger.ts';
import type { Db } from './session.ts';

/** What counts as work on the answer. */
export const workOnAnswer: readonly Deed[] = [
  'submissionEntered',
  'sheetConfirmed',
  'commentsScreened',
  'commentRedacted',
  'commentDisposed',
  'groupConfirmed',
  'groupExtended',
  'commentsGrouped',
  'groupDissolved',
  'commentsDisposed',
  'dispositionTakenBack',
  'batchTakenBack',
  'channelChecked',
  'noticeWorded',
  'draftDropped',
  'draftKept',
  'correctionBegun',
  'correctionAbandoned',
];

/** Officers who worked on a consultation's answer: they entered comments, screened, gave dispositions or ticked channels. */
export async function workersOn(db: Db, consultationId: number): Promise<number[]> {
  const rows = await db
    .selectFrom('ledger_entries')
    .select('officer_id')
    .distinct()
    .where('consultation_id', '=', consultationId)
    .where('what', 'in', workOnAnswer)
    .execute();
  return rows.flatMap((row) => row.officer_id ?? []);
}
