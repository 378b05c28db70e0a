import type { Db } from './session.ts';

/** Ids of published consultations whose deadline is past and whose closing is not yet recorded. */
export async function consultationsToClose(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('consultations')
    .select('id')
    .where('published_at', 'is not', null)
    .where('closed_at', 'is', null)
    .where('withdrawn_at', 'is', null)
    .where('closes_at', '<=', now)
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}

/** Ids of consultations whose arranged publication is due. */
export async function consultationsToPublish(db: Db, now: Date): Promise<number[]> {
  const rows = await db
    .selectFrom('consultations')
    .select('id')
    .where('publish_at', '<=', now)
    .orderBy('publish_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => row.id);
}
