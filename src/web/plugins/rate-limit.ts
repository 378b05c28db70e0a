import { createHmac } from 'node:crypto';
import rateLimit, {
  type FastifyRateLimitStore,
  type FastifyRateLimitStoreCtor,
  type RateLimitOptions,
} from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Deps, Limit } from '../../deps.ts';
import { createRateCounts, type RateCounts } from '../rate-counts.ts';

/** Counts in the database, so that every process knows; an address is kept as a keyed hash only. */
export async function registerRateLimit(app: FastifyInstance, deps: Deps): Promise<void> {
  const counts = createRateCounts(deps.db, deps.clock);
  app.addHook('onClose', () => counts.flush());
  await app.register(rateLimit, {
    global: false,
    keyGenerator: (request: FastifyRequest) => hashed(deps.config.secretKey, request.ip),
    store: makeStore(counts),
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
function makeStore(counts: RateCounts): FastifyRateLimitStoreCtor {
  return class Store implements FastifyRateLimitStore {
    incr(key: string, callback: Callback, windowMs = 60_000): void {
      counts.count(key, windowMs).then(
        (result) => callback(null, result),
        (error: Error) => callback(error),
      );
    }

    child(): Store {
      return this;
    }
  };
}

type Callback = (error: Error | null, result?: { current: number; ttl: number }) => void;
