import { createHash } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';

const periodSeconds = 30;
const recoveryCodeCount = 10;
// No letter that can be taken for another.
const recoveryLetters = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

/** A new secret for an authenticator app, in base32: 20 bytes. */
export function newSecret(random: (bytes: number) => Buffer): string {
  return new Secret({ buffer: new Uint8Array(random(20)).buffer }).base32;
}

/** The address that an authenticator app reads from a QR code. */
export function secretAddress(secret: string, issuer: string, label: string): string {
  return totpOf(secret, issuer, label).toString();
}

/** The time step that a code of six digits belongs to, one before and one after included, or undefined. */
export function stepOf(secret: string, code: string, now: Date): number | undefined {
  if (!/^\d{6}$/.test(code)) return undefined;
  const delta = totpOf(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  return delta === null ? undefined : Math.floor(now.getTime() / 1000 / periodSeconds) + delta;
}

/** Ten new recovery codes of 16 letters and digits (80 bits), such as `ABCD-EFGH-JKLM-NPQR`. */
export function newRecoveryCodes(random: (bytes: number) => Buffer): string[] {
  return Array.from({ length: recoveryCodeCount }, () => {
    const letters = [...random(16)].map((byte) => recoveryLetters.charAt(byte % recoveryLetters.length));
    return (letters.join('').match(/.{4}/g) ?? []).join('-');
  });
}

/** What a recovery code is kept under, however it is typed: with 80 bits a plain hash cannot be guessed. */
export function recoveryHash(code: string): Buffer {
  const folded = code.toUpperCase().replace(/[^A-Z0-9]/g, '');
  return createHash('sha256').update(folded).digest();
}

function totpOf(secret: string, issuer = '', label = ''): TOTP {
  return new TOTP({ issuer, label, secret: Secret.fromBase32(secret), period: periodSeconds, digits: 6 });
}
