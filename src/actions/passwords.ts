import { hash, verify } from '@node-rs/argon2';

// OWASP's minimum for argon2id: 19 MiB, two passes, one lane (the package's default algorithm is argon2id).
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 };

/** The argon2id hash of a password, as it is stored. */
export function hashPassword(password: string): Promise<string> {
  return hash(password, cost);
}

/**
 * True when the password is the one of this hash. Without a hash it takes the same time and is false, so that an
 * unknown name cannot be told from a wrong password.
 */
export async function isPassword(passwordHash: string | null, password: string): Promise<boolean> {
  const right = await verify(passwordHash ?? (await nobodysHash), password, cost);
  return right && passwordHash !== null;
}

const nobodysHash = hashPassword('nobody has this password');
