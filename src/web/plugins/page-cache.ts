import { createHash } from 'node:crypto';
import type { OutgoingHttpHeaders } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { keepPerVersion } from '../kept.ts';

/** A rendered public page; from `validUntil` on it says something else by the clock alone (null: never). */
export interface Rendered {
  readonly html: string;
  readonly validUntil: Date | null;
}

type Encoding = 'br' | 'gzip' | 'identity';

interface Stored {
  readonly validUntil: Date | null;
  readonly etag: string;
  readonly bodies: Map<Encoding, Promise<Buffer>>;
  readonly plain: Buffer;
}

export interface PageCache {
  /**
   * Answers with the page of this key, rendered once per version of the public content, or gives false when
   * `render` knows no such page. No answer is older than its request.
   */
  send(
    request: FastifyRequest,
    reply: FastifyReply,
    key: string,
    render: () => Promise<Rendered | undefined>,
  ): Promise<boolean>;
}

const mostPages = 500;

/** Keeps rendered, compressed pages in memory; `version` is never older than its call, `clock` tells the time. */
export function createPageCache(version: () => Promise<number>, clock: () => Date): PageCache {
  const keep = keepPerVersion<Stored>(version, mostPages);
  const isGood = ({ validUntil }: Stored) => !validUntil || clock() < validUntil;

  return {
    async send(request, reply, key, render) {
      const stored = await keep(key, () => render().then((page) => page && store(page)), isGood);
      if (!stored) return false;
      await answer(request, reply, stored);
      return true;
    },
  };
}

/**
 * Runs work so that callers who come before a run has begun share it: a caller's answer always comes from a run that
 * began after the call, and at most one run is under way at a time.
 */
export function shareWork<T>(work: () => Promise<T>): () => Promise<T> {
  let next: Promise<T> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  // A run begins once all requests that have arrived by now are read: under load dozens share it.
  const begin = async (): Promise<T> => {
    await last;
    await setImmediate();
    next = undefined;
    return work();
  };
  return () => {
    if (next !== undefined) return next;
    next = begin();
    last = next.catch(() => undefined);
    return next;
  };
}

const mostHeaders = 100;
const readHeaders = new Map<string, Encoding>();

/** The best encoding a request accepts among br, gzip and none. */
export function acceptedEncoding(header = ''): Encoding {
  const known = readHeaders.get(header);
  if (known) return known;
  const encoding = bestEncoding(header);
  // Browsers send few different ones; what others make up is read each time.
  if (readHeaders.size < mostHeaders) readHeaders.set(header, encoding);
  return encoding;
}

function bestEncoding(header: string): Encoding {
  const accepted = header
    .split(',')
    .map((part) =>
      part
        .trim()
        .toLowerCase()
        .split(/\s*;\s*q=/),
    )
    .filter(([, quality]) => quality === undefined || Number(quality) > 0)
    .map(([name]) => name);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}

function store(rendered: Rendered): Stored {
  const plain = Buffer.from(rendered.html);
  const etag = createHash('sha256').update(plain).digest('base64url').slice(0, 22);
  return { validUntil: rendered.validUntil, etag, plain, bodies: new Map() };
}

// Written past Fastify's own sending: no hook waits for pages, and page views are what there is most of.
async function answer(request: FastifyRequest, reply: FastifyReply, stored: Stored): Promise<void> {
  const encoding = acceptedEncoding(request.headers['accept-encoding']);
  const etag = `"${stored.etag}-${encoding}"`;
  const unchanged = matches(request.headers['if-none-match'], etag);
  const body = unchanged ? undefined : await bodyIn(stored, encoding);
  const headers = reply.getHeaders() as OutgoingHttpHeaders;
  headers['cache-control'] = 'public, max-age=0, must-revalidate';
  headers['vary'] = 'accept-encoding';
  headers['etag'] = etag;
  reply.hijack();
  if (!body) {
    reply.raw.writeHead(304, headers).end();
    return;
  }
  if (encoding !== 'identity') headers['content-encoding'] = encoding;
  headers['content-type'] = 'text/html; charset=utf-8';
  headers['content-length'] = body.length;
  reply.raw.writeHead(200, headers).end(body);
}

function matches(header: string | undefined, etag: string): boolean {
  if (header === undefined) return false;
  return header === '*' || header.split(',').some((each) => each.trim().replace(/^W\//, '') === etag);
}

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

function bodyIn(stored: Stored, encoding: Encoding): Promise<Buffer> {
  let body = stored.bodies.get(encoding);
  if (!body) {
    body = compress(stored.plain, encoding);
    stored.bodies.set(encoding, body);
  }
  return body;
}

// Brotli 5 is the last step before the time goes up tenfold for a few per cent.
async function compress(plain: Buffer, encoding: Encoding): Promise<Buffer> {
  if (encoding === 'gzip') return toGzip(plain, { level: 6 });
  if (encoding === 'br') return toBrotli(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } });
  return plain;
}
