import type { Db } from './session.ts';

/** A question that a person or a script can answer, kept here until it is used or too old. */
export interface Captcha {
  readonly id: string;
  /** The characters in the picture. */
  readonly answer: string;
  /** How many zero bits each piece of work must begin with, 1 to 32. */
  readonly bits: number;
}

/** Keeps a new captcha until `expiresAt`. */
export async function insertCaptcha(db: Db, captcha: Captcha, now: Date, expiresAt: Date): Promise<void> {
  const { id, answer, bits } = captcha;
  await db
    .insertInto('captchas')
    .values({ id, answer, bits, created_at: now, expires_at: expiresAt })
    .execute();
}

/** The answer of a captcha that is neither used nor expired, to draw its picture from; else undefined. */
export async function captchaAnswer(db: Db, id: string, now: Date): Promise<string | undefined> {
  return (await goodCaptcha(db, id, now).select('answer').executeTakeFirst())?.answer;
}

/** What a captcha that is neither used nor expired takes for an answer: work, and what its letter brought about. */
export interface ProofOffer {
  readonly bits: number;
  /** Where a letter went; empty for nowhere. */
  readonly sentTo: string;
  readonly confirmed: boolean;
}

/** What a form with this captcha may be proven by, or undefined when another captcha is needed. */
export async function proofOffer(db: Db, id: string, now: Date): Promise<ProofOffer | undefined> {
  const row = await goodCaptcha(db, id, now)
    .leftJoin('mailed_proofs', 'captcha_id', 'id')
    .select(['bits', 'email', 'confirmed_at'])
    .executeTakeFirst();
  return row && { bits: row.bits, sentTo: row.email ?? '', confirmed: row.confirmed_at !== null };
}

/** Forgets captchas that expired before an instant. */
export async function forgetCaptchas(db: Db, expiredBefore: Date): Promise<void> {
  await db.deleteFrom('captchas').where('expires_at', '<', expiredBefore).execute();
}

function goodCaptcha(db: Db, id: string, now: Date) {
  return db
    .selectFrom('captchas')
    .where('id', '=', id)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now);
}
