import { createHmac } from 'node:crypto';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Deps, type Limit, networkShare } from '../../deps.ts';
import { fill } from '../../domain/fill.ts';
import type { Sentences } from '../../sentences.ts';
import { originOf } from '../origin.ts';
import { createRateCounts, type RateCount, type RateCounts } from '../rate-counts.ts';

declare module 'fastify' {
  interface FastifyContextConfig {
    /** How often a route may be asked for. */
    readonly rateLimit?: RouteLimit;
  }
  interface FastifyInstance {
    /** What this process counted; written by itself within half a second, and at once by `flush`. */
    readonly rateCounts: RateCounts;
  }
}

/** Routes of one `group` are counted together. */
interface RouteLimit {
  readonly group: string;
  readonly limit: Limit;
}

/** Something came too often: from one sender or its network, or to one consultation from everywhere. */
export class TooMany extends Error {
  readonly statusCode = 429;
  readonly what: 'sender' | 'consultation';
  /** How long until it may come again. */
  readonly waitMs: number;

  constructor(what: TooMany['what'], waitMs: number) {
    super(`too many requests: ${what}`);
    this.what = what;
    this.waitMs = waitMs;
  }
}

/** Holds what comes in to its limits. Counting is done beside: nobody waits for the database. */
export interface RateLimits {
  /** Counts a request; throws TooMany when its sender or its network came too often. */
  holdSender(request: FastifyRequest, group: string, limit: Limit): void;
  /** Takes a request back that was counted and turned out to be none of those that the limit is meant for. */
  forgiveSender(request: FastifyRequest, group: string, limit: Limit): void;
  /** Counts something that a sender does; gives how often it came in the window of `windowMs` milliseconds. */
  countSender(request: FastifyRequest, group: string, windowMs: number): number;
  /** Throws TooMany when a consultation received too much from everywhere. */
  holdConsultation(number: string, limit: Limit): void;
  /** Counts what a consultation received. */
  countReceived(number: string, limit: Limit): void;
}

/** Limits on routes that have them in their `config`, and for handlers that count by themselves. */
export function registerRateLimit(app: FastifyInstance, deps: Deps): RateLimits {
  const { secretKey } = deps.config;
  // Nobody can read an address from its count.
  const nameOf = (key: string) =>
    createHmac('sha256', secretKey).update(key).digest('base64url').slice(0, 22);
  const counts = createRateCounts(deps.db, deps.clock, nameOf);
  const limits = createRateLimits(counts);
  app.decorate('rateCounts', counts);
  // Limits do not outlive a database that is gone, and a process must be able to stop without it.
  app.addHook('onClose', () => counts.flush().catch(() => undefined));
  app.addHook('onRoute', (route) => {
    const held = route.config?.rateLimit;
    if (!held) return;
    const hold = async (request: FastifyRequest) => limits.holdSender(request, held.group, held.limit);
    route.onRequest = [hold, ...[route.onRequest ?? []].flat()];
  });
  return limits;
}

/** A route's `config` that holds senders and networks to a limit before anything else is done. */
export function limited(group: string, limit: Limit): { rateLimit: RouteLimit } {
  return { rateLimit: { group, limit } };
}

/** Says when to come again, in a sentence and in the header for programs. */
export function askToWait(reply: FastifyReply, { what, waitMs }: TooMany, sentences: Sentences): string {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  reply.header('retry-after', seconds);
  const { seconds: inSeconds, minutes: inMinutes } = sentences.waiting;
  const wait =
    seconds > 90 ? fill(inMinutes, { count: Math.ceil(seconds / 60) }) : fill(inSeconds, { count: seconds });
  return fill(sentences.waiting[what], { wait });
}

function createRateLimits(counts: RateCounts): RateLimits {
  const keyOf = (what: string, ...which: readonly string[]) => [what, ...which].join('\n');
  return {
    holdSender({ ip }, group, { max, windowMs }) {
      const { sender, network } = originOf(ip);
      const around = keyOf('network', group, network);
      const most = max * networkShare;
      refuseFrom(most, counts.read(around, windowMs), 'sender');
      // A sender over its limit takes nothing from its neighbours.
      refuseFrom(max + 1, counts.add(keyOf('sender', group, sender), windowMs), 'sender');
      counts.add(around, windowMs);
    },
    forgiveSender({ ip }, group, { windowMs }) {
      const { sender, network } = originOf(ip);
      counts.takeBack(keyOf('sender', group, sender), windowMs);
      counts.takeBack(keyOf('network', group, network), windowMs);
    },
    countSender: ({ ip }, group, windowMs) =>
      counts.add(keyOf('sender', group, originOf(ip).sender), windowMs).count,
    holdConsultation(number, { max, windowMs }) {
      refuseFrom(max, counts.read(keyOf('consultation', number), windowMs), 'consultation');
    },
    countReceived(number, { windowMs }) {
      counts.add(keyOf('consultation', number), windowMs);
    },
  };
}

function refuseFrom(least: number, { count, leftMs }: RateCount, what: TooMany['what']): void {
  if (count >= least) throw new TooMany(what, leftMs);
}
