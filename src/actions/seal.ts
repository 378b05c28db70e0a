import { createHash } from 'node:crypto';
import { canonicalSubmission, type SealedFacts } from '../domain/canonical.ts';

/** Bytes of a salt. */
export const saltBytes = 16;

/** A submission's seal, in lower-case hexadecimal digits. */
export interface Seal {
  readonly salt: string;
  readonly hash: string;
}

/** Seals a submission: SHA-256 over the salt's bytes and the canonical text in UTF-8 (docs/ledger.md). */
export function seal(facts: SealedFacts, salt: Buffer): Seal {
  const hash = createHash('sha256').update(salt).update(canonicalSubmission(facts)).digest('hex');
  return { salt: salt.toString('hex'), hash };
}

/** The canonical text that a seal was made of, or null when the facts are not those that it covers. */
export function textUnderSeal(facts: SealedFacts, { salt, hash }: Seal): string | null {
  return seal(facts, Buffer.from(salt, 'hex')).hash === hash ? canonicalSubmission(facts) : null;
}
