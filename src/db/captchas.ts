import type { Db } from './session.ts';

/** A question that a person can answer, kept here until it is used or too old. */
export interface Captcha {
  readonly id: string;
  readonly answer: string;
}

/** Keeps a new captcha until `expiresAt`. */
export async function insertCaptcha(db: Db, captcha: Captcha, now: Date, expiresAt: Date): Promise<void> {
  await db
    .insertInto('captchas')
    .values({ ...captcha, created_at: now, expires_at: expiresAt })
    .execute();
}

/** The answer of a captcha that is neither used nor expired, to draw its picture from; else undefined. */
export async function captchaAnswer(db: Db, id: string, now: Date): Promise<string | undefined> {
  const row = await db
    .selectFrom('captchas')
    .select('answer')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row?.answer;
}

/** Forgets captchas that expired before an instant. */
export async function forgetCaptchas(db: Db, expiredBefore: Date): Promise<void> {
  await db.deleteFrom('captchas').where('expires_at', '<', expiredBefore).execute();
}
