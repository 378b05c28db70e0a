import { createHmac, createSecretKey, timingSafeEqual } from 'node:crypto';

/**
 * Public forms carry a signed token instead of a cookie: it names the form, makes a submission arrive once, and
 * cannot be made by anyone else.
 */
export interface FormTokens {
  make(subject: string): string;
  /** `good`, `expired` (ours, but too old) or `forged` (not ours, or for another subject). */
  judge(subject: string, token: string): 'good' | 'expired' | 'forged';
}

const lifetimeMs = 24 * 3_600_000;

/** Makes and judges form tokens, good for 24 hours by `clock`. */
export function createFormTokens(
  secret: string,
  clock: () => Date,
  random: (bytes: number) => Buffer,
): FormTokens {
  // Made ready once: under load every form is judged.
  const key = createSecretKey(secret, 'utf8');
  const sign = (subject: string, payload: string) =>
    createHmac('sha256', key).update(`form\n${subject}\n${payload}`).digest();
  return {
    make(subject) {
      const payload = `${clock().getTime().toString(36)}.${random(16).toString('base64url')}`;
      return `${payload}.${sign(subject, payload).toString('base64url')}`;
    },
    judge(subject, token) {
      const [time = '', nonce = '', mac = ''] = token.split('.');
      const given = Buffer.from(mac, 'base64url');
      const expected = sign(subject, `${time}.${nonce}`);
      if (given.length !== expected.length || !timingSafeEqual(given, expected)) return 'forged';
      return clock().getTime() - Number.parseInt(time, 36) > lifetimeMs ? 'expired' : 'good';
    },
  };
}
