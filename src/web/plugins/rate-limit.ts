import { createHmac } from 'node:crypto';
import rateLimit, {
  type FastifyRateLimitStore,
  type FastifyRateLimitStoreCtor,
  type RateLimitOptions,
} from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Counted, countInWindows, windowStart } from '../../db/rate-windows.ts';
import type { Deps, Limit } from '../../deps.ts';
import { batched } from '../batched.ts';

/** Counts in the database, so that every process knows; an address is kept as a keyed hash only. */
export async function registerRateLimit(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request: FastifyRequest) => hashed(deps.config.secretKey, request.ip),
    store: makeStore(deps),
    errorResponseBuilder: (_request, context) =>
      Object.assign(new Error('too many requests'), { statusCode: context.statusCode }),
  });
}

/** A route's `config` that holds one address to a limit; routes of one `group` are counted together. */
export function limited(group: string, limit: Limit): { rateLimit: RateLimitOptions } {
  return { rateLimit: { max: limit.max, timeWindow: limit.windowMs, groupId: group } };
}

function hashed(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64url').slice(0, 22);
}

// The plugin adds the group to the key by itself, so that every route can share one store.
function makeStore(deps: Deps): FastifyRateLimitStoreCtor {
  const count = batched((items: readonly Counted[]) => countInWindows(deps.db, items), mostAtOnce);
  return class Store implements FastifyRateLimitStore {
    incr(key: string, callback: Callback, windowMs = 60_000): void {
      const now = deps.clock();
      const startsAt = windowStart(now, windowMs);
      count({ key, startsAt }).then(
        (current) => callback(null, { current, ttl: startsAt.getTime() + windowMs - now.getTime() }),
        (error: Error) => callback(error),
      );
    }

    child(): Store {
      return this;
    }
  };
}

const mostAtOnce = 500;
type Callback = (error: Error | null, result?: { current: number; ttl: number }) => void;
