import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';

/** Keeps short texts secret from whoever reads the database without knowing the secret key. */
export interface SecretBox {
  seal(text: string): Buffer;
  /** The text again; undefined when it was sealed with another key, or changed. */
  open(sealed: Buffer): string | undefined;
}

const algorithm = 'aes-256-gcm';
const nonceBytes = 12;
const tagBytes = 16;

/** A box with a key of its own, drawn from the secret key; sealed is nonce, tag, then ciphertext. */
export function createSecretBox(secretKey: string, random: (bytes: number) => Buffer): SecretBox {
  const key = Buffer.from(hkdfSync('sha256', secretKey, '', 'jianyan secret box', 32));
  return {
    seal(text) {
      const nonce = random(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const ciphertext = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), ciphertext]);
    },
    open: (sealed) => {
      try {
        return open(key, sealed);
      } catch {
        return undefined;
      }
    },
  };
}

function open(key: Buffer, sealed: Buffer): string {
  const decipher = createDecipheriv(algorithm, key, sealed.subarray(0, nonceBytes), {
    authTagLength: tagBytes,
  });
  decipher.setAuthTag(sealed.subarray(nonceBytes, nonceBytes + tagBytes));
  const ciphertext = sealed.subarray(nonceBytes + tagBytes);
  return Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString('utf8');
}
