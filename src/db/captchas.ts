import { sql } from 'kysely';
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

/** What is kept of the captchas that are neither used nor expired, with what was mailed about them, by id. */
export async function openProofs(db: Db, ids: readonly string[], now: Date): Promise<Map<string, KeptProof>> {
  const { rows } = await sql<KeptProof>`/* prepared: open proofs */
    select id, answer, bits, case when code is null then null
        else json_build_object('code', code, 'confirmed', confirmed_at is not null) end as letter
    from captchas left join mailed_proofs on captcha_id = id
    where id = any(${ids}::text[]) and used_at is null and expires_at > ${now}`.execute(db);
  return new Map(rows.map((proof) => [proof.id, proof]));
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
