import { sql } from 'kysely';
import type { Db, Trx } from './session.ts';

/** The way to prove to be a person that went to an address, good as long as its captcha. */
export interface MailedProof {
  readonly captchaId: string;
  /** The unguessable part of the link. */
  readonly token: string;
  /** The same to be typed, in digits. */
  readonly code: string;
  readonly email: string;
}

/** Holds a captcha until the transaction ends; gives how many letters it caused, or undefined when it is not good. */
export async function holdForLetter(trx: Trx, captchaId: string, now: Date): Promise<number | undefined> {
  const row = await trx
    .selectFrom('captchas')
    .select((query) =>
      query
        .selectFrom('letters')
        .whereRef('letters.captcha_id', '=', 'captchas.id')
        .select((each) => each.fn.countAll<number>().as('count'))
        .as('letters'),
    )
    .where('id', '=', captchaId)
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .forUpdate()
    .executeTakeFirst();
  return row && Number(row.letters);
}

/**
 * Queues a letter with a proof and keeps its captcha until `expiresAt`. A captcha has one proof: a second letter goes
 * to the new address with the first link and code, so that both letters are good.
 */
export async function queueProof(trx: Trx, proof: MailedProof, now: Date, expiresAt: Date): Promise<void> {
  const { captchaId, token, code, email } = proof;
  await trx.updateTable('captchas').set({ expires_at: expiresAt }).where('id', '=', captchaId).execute();
  await trx
    .insertInto('mailed_proofs')
    .values({ captcha_id: captchaId, token, code, email, created_at: now })
    .onConflict((conflict) => conflict.column('captcha_id').doUpdateSet({ email }))
    .execute();
  const letter = { kind: 'proof', captcha_id: captchaId, created_at: now, due_at: now } as const;
  await trx.insertInto('letters').values(letter).execute();
}

/** Whether the link with a token was confirmed; undefined when there is none, or none that is still good. */
export async function proofByToken(db: Db, token: string, now: Date): Promise<boolean | undefined> {
  const row = await db
    .selectFrom('mailed_proofs')
    .innerJoin('captchas', 'captchas.id', 'captcha_id')
    .select('confirmed_at')
    .where('token', '=', token)
    .where('expires_at', '>', now)
    .executeTakeFirst();
  return row && row.confirmed_at !== null;
}

/** Notes that the link with a token was confirmed; false when there is none, or none that is still good. */
export async function noteConfirmed(trx: Trx, token: string, now: Date): Promise<boolean> {
  const { rows } = await sql`
    update mailed_proofs set confirmed_at = coalesce(confirmed_at, ${now}) from captchas
    where captchas.id = captcha_id and token = ${token} and expires_at > ${now} returning 1`.execute(trx);
  return rows.length > 0;
}

/** Forgets addresses, codes and letters whose captcha is too old. */
export async function forgetMailedProofs(db: Db, now: Date): Promise<void> {
  await sql`delete from mailed_proofs using captchas
    where captchas.id = captcha_id and expires_at <= ${now}`.execute(db);
}
