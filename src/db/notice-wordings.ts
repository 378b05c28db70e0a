import type { Wording } from '../domain/notice-wording.ts';
import type { Db, Trx } from './session.ts';

/** The latest words of each part of a consultation's notice that an officer ever wrote. */
export async function latestWordings(db: Db, consultationId: number): Promise<Wording[]> {
  return db
    .selectFrom('notice_wordings')
    .distinctOn('part')
    .select(['id', 'part', 'standard', 'wording'])
    .where('consultation_id', '=', consultationId)
    .orderBy('part')
    .orderBy('id', 'desc')
    .execute();
}

/** One change of the words, by whom and when. */
export interface WordingChange extends Wording {
  readonly officerName: string;
  readonly createdAt: Date;
}

/** Every change of the words, oldest first. */
export async function wordingChanges(db: Db, consultationId: number): Promise<WordingChange[]> {
  return db
    .selectFrom('notice_wordings as w')
    .innerJoin('officers as o', 'o.id', 'w.officer_id')
    .select([
      'w.id',
      'w.part',
      'w.standard',
      'w.wording',
      'o.name as officerName',
      'w.created_at as createdAt',
    ])
    .where('w.consultation_id', '=', consultationId)
    .orderBy('w.id')
    .execute();
}

/** Adds words for a part; earlier ones stay as history. */
export async function insertWording(
  trx: Trx,
  wording: Omit<Wording, 'id'> & { readonly consultationId: number; readonly officerId: number },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('notice_wordings')
    .values({
      consultation_id: wording.consultationId,
      part: wording.part,
      standard: wording.standard,
      wording: wording.wording,
      officer_id: wording.officerId,
      created_at: now,
    })
    .execute();
}
