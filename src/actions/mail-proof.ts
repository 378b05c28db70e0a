import { holdForLetter, type MailedProof, queueProof } from '../db/mailed-proofs.ts';
import { countInWindow } from '../db/rate-windows.ts';
import { type Db, transaction } from '../db/session.ts';
import { mostProofLetters } from '../domain/proof.ts';

const lifetimeMs = 60 * 60_000;

/** How many letters a recipient may get in `windowMs`; `key` stands for the address and does not show it. */
export interface RecipientLimit {
  readonly key: string;
  readonly max: number;
  readonly windowMs: number;
}

/**
 * Queues a letter with a link and a code that prove the form with this captcha to be sent by a person, for an hour.
 * `tooOld` when the captcha is used or expired, `tooMany` when this form or this recipient had its share.
 */
export async function mailProof(
  db: Db,
  proof: MailedProof,
  { key, max, windowMs }: RecipientLimit,
  now: Date,
): Promise<'queued' | 'tooOld' | 'tooMany'> {
  return transaction(db, async (trx) => {
    const letters = await holdForLetter(trx, proof.captchaId, now);
    if (letters === undefined) return 'tooOld';
    if (letters >= mostProofLetters) return 'tooMany';
    const { current } = await countInWindow(trx, key, windowMs, now);
    if (current > max) return 'tooMany';
    await queueProof(trx, proof, now, new Date(now.getTime() + lifetimeMs));
    return 'queued';
  });
}
