import type { Db } from './session.ts';

/** Writes a session; `data` is what the session plugin keeps. */
export async function saveSession(db: Db, idHash: Buffer, data: object, expiresAt: Date): Promise<void> {
  const row = { data: JSON.stringify(data), expires_at: expiresAt };
  await db
    .insertInto('sessions')
    .values({ id_hash: idHash, ...row })
    .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(row))
    .execute();
}

/** A session's data while it lasts, or undefined. */
export async function readSession(db: Db, idHash: Buffer, now: Date): Promise<object | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select('data')
    .where('id_hash', '=', idHash)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.data;
}

/** Ends a session at once. */
export async function deleteSession(db: Db, idHash: Buffer): Promise<void> {
  await db.deleteFrom('sessions').where('id_hash', '=', idHash).execute();
}

/** Forgets sessions that ended before an instant. */
export async function forgetSessions(db: Db, endedBefore: Date): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', endedBefore).execute();
}
