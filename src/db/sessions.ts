import { sql } from 'kysely';
import { prepared } from './prepared.ts';
import type { Db, Trx } from './session.ts';

/** What a session keeps of who is signed in, in the session plugin's own data. */
export interface SessionData {
  /** Who is signed in, or has given the password and not yet the second factor. */
  readonly officerId?: number;
  readonly pendingOfficerId?: number;
  /** Milliseconds since 1970; absent before signing in. */
  readonly signedInAt?: number;
  readonly browser?: string;
  readonly origin?: string;
}

/** Writes a session. One that was ended stays ended, whatever a request that was under way meanwhile writes. */
export async function saveSession(
  db: Db,
  idHash: Buffer,
  data: SessionData,
  now: Date,
  expiresAt: Date,
): Promise<void> {
  const row = {
    data: JSON.stringify(data),
    officer_id: data.officerId ?? data.pendingOfficerId ?? null,
    signed_in_at: data.signedInAt === undefined ? null : new Date(data.signedInAt),
    seen_at: now,
    expires_at: expiresAt,
    browser: data.browser ?? '',
    origin: data.origin ?? '',
  };
  await db
    .insertInto('sessions')
    .values({ id_hash: idHash, ...row })
    .onConflict((conflict) => conflict.column('id_hash').doUpdateSet(row))
    .modifyEnd(prepared('save session'))
    .execute();
}

/** A session's data while it lasts, and when it was last written (milliseconds since 1970), or undefined. */
export async function readSession(
  db: Db,
  idHash: Buffer,
  now: Date,
): Promise<(SessionData & { readonly seenAt: number }) | undefined> {
  const row = await db
    .selectFrom('sessions')
    .select(['data', 'seen_at'])
    .where('id_hash', '=', idHash)
    .where('expires_at', '>', now)
    .where('ended_at', 'is', null)
    .modifyEnd(prepared('session'))
    .executeTakeFirst();
  return row && { ...row.data, seenAt: row.seen_at?.getTime() ?? 0 };
}

/** Ends a session at once. */
export async function endSession(db: Db, idHash: Buffer, now: Date): Promise<void> {
  await db.updateTable('sessions').set({ ended_at: now }).where('id_hash', '=', idHash).execute();
}

/** Where an officer is signed in. */
export interface OpenSession {
  readonly id: number;
  readonly signedInAt: Date;
  readonly seenAt: Date;
  readonly browser: string;
  readonly origin: string;
  readonly isThis: boolean;
}

/** Where an officer is signed in since `notBefore` at the earliest, last seen first; `thisHash` marks one of them. */
export async function openSessions(
  db: Db,
  officerId: number,
  thisHash: Buffer,
  now: Date,
  notBefore: Date,
): Promise<OpenSession[]> {
  const { rows } = await sql<OpenSession>`
    select id, signed_in_at as "signedInAt", seen_at as "seenAt", browser, origin, id_hash = ${thisHash} as "isThis"
    from sessions
    where officer_id = ${officerId} and signed_in_at >= ${notBefore} and ended_at is null and expires_at > ${now}
    order by seen_at desc, id desc`.execute(db);
  return rows;
}

/** Ends sessions of an officer, half-way ones included: all, those but one, or one. Gives how many there were. */
export async function endSessions(
  trx: Trx,
  officerId: number,
  which: { readonly except?: Buffer; readonly only?: number },
  now: Date,
): Promise<number> {
  let query = trx
    .updateTable('sessions')
    .set({ ended_at: now })
    .where('officer_id', '=', officerId)
    .where('ended_at', 'is', null)
    .where('expires_at', '>', now);
  if (which.except) query = query.where('id_hash', '!=', which.except);
  if (which.only !== undefined) query = query.where('id', '=', which.only);
  return Number((await query.executeTakeFirst()).numUpdatedRows);
}

/** Forgets sessions that ended before an instant. */
export async function forgetSessions(db: Db, endedBefore: Date): Promise<void> {
  await db.deleteFrom('sessions').where('expires_at', '<', endedBefore).execute();
}
