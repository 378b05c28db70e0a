import { randomFillSync } from 'node:crypto';

const poolBytes = 8_192;

/** A source of unguessable bytes that asks the system for many at a time: each is given out once. */
export function createRandom(): (bytes: number) => Buffer {
  let pool = Buffer.alloc(0);
  return (bytes) => {
    if (pool.length < bytes) pool = randomFillSync(Buffer.allocUnsafeSlow(Math.max(poolBytes, bytes)));
    const taken = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return taken;
  };
}
