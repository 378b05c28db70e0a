import type { KeptProof } from '../domain/proof.ts';
import type { Db } from './session.ts';

/** A question that a person or a script can answer, kept here until it is used or too old. */
export type Captcha = Omit<KeptProof, 'letter'>;

/** Keeps a new captcha until `expiresAt`. */
export async function insertCaptcha(db: Db, captcha: Captcha, now: Date, expiresAt: Date): Promise<void> {
  const { id, answer, bits } = captcha;
  await db
    .insertInto('captchas')
    .values({ id, answer, bits, created_at: now, expires_at: expiresAt })
    .execute();
}

/** How much work a captcha asks for while it is neither used nor expired; else undefined. */
export async function captchaBits(db: Db, id: string, now: Date): Promise<number | undefined> {
  return (await goodCaptcha(db, id, now))?.bits;
}

/** The answer of a captcha that is neither used nor expired, to draw its picture from; else undefined. */
export async function captchaAnswer(db: Db, id: string, now: Date): Promise<string | undefined> {
  return (await goodCaptcha(db, id, now))?.answer;
}

/** Forgets captchas that expired before an instant. */
export async function forgetCaptchas(db: Db, expiredBefore: Date): Promise<void> {
  await db.deleteFrom('captchas').where('expires_at', '<', expiredBefore).execute();
}

function goodCaptcha(db: Db, id: string, now: Date) {
  return db
    .selectFrom('captchas')
    .select(['answer', 'bits'])
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .executeTakeFirst();
}
