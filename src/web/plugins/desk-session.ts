import { createHash } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session, { type SessionStore } from '@fastify/session';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OfficerAccount, officerById } from '../../db/officers.ts';
import { endSession, readSession, saveSession } from '../../db/sessions.ts';
import type { Deps } from '../../deps.ts';
import { absoluteMs, idleMs, seenMs } from '../../domain/account.ts';
import { browserName } from '../../domain/browser-name.ts';
import { type FormBody, raw } from '../forms.ts';
import { originOf } from '../origin.ts';

declare module 'fastify' {
  interface Session {
    officerId?: number;
    signedInAt?: number;
    browser?: string;
    origin?: string;
    /** When it was last written; absent until it is found again. Changed, it is written at the end of the request. */
    seenAt?: number;
    /** Who has given the password, and when, and still owes the second factor. */
    pendingOfficerId?: number;
    pendingSince?: number;
  }
  interface FastifyRequest {
    /** Who is signed in at the desk; null on public pages and before signing in. */
    officer: OfficerAccount | null;
  }
}

// Long enough to look for the telephone.
const pendingMs = 10 * 60_000;

/**
 * Sessions and CSRF for everything under /desk, and nowhere else: kept in the database, ended after 2 hours idle (to
 * the minute) or 12 hours in all. Every POST needs `_csrf`.
 */
export async function registerDeskSession(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(cookie);
  await app.register(session, {
    secret: deps.config.secretKey,
    cookieName: 'jianyan_desk',
    saveUninitialized: false,
    // It goes on by `keepAwake`: the plugin itself would write it at every request.
    rolling: false,
    cookie: {
      path: '/',
      httpOnly: true,
      sameSite: 'lax',
      secure: deps.config.publicUrl.startsWith('https:') ? true : 'auto',
      maxAge: idleMs,
    },
    store: makeStore(deps),
  });
  await app.register(csrf, {
    sessionPlugin: '@fastify/session',
    getToken: (request) => raw(request.body as FormBody, '_csrf'),
  });
  app.decorateRequest('officer', null);
  app.addHook('preHandler', (request) => {
    keepAwake(request, deps.clock());
    return loadOfficer(request, deps);
  });
  app.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'POST') app.csrfProtection(request, reply, done);
    else done();
  });
}

/** Signs an officer in under a new session id. */
export async function beginSession(request: FastifyRequest, officerId: number, now: Date): Promise<void> {
  await request.session.regenerate();
  request.session.officerId = officerId;
  request.session.signedInAt = now.getTime();
  request.session.browser = browserName(request.headers['user-agent'] ?? '');
  request.session.origin = originOf(request.ip).network;
  await request.session.save();
}

/** Remembers that an officer gave the password and owes the second factor, under a new session id. */
export async function beginSecondStep(request: FastifyRequest, officerId: number, now: Date): Promise<void> {
  await request.session.regenerate();
  request.session.pendingOfficerId = officerId;
  request.session.pendingSince = now.getTime();
  await request.session.save();
}

/** Who owes the second factor, for ten minutes after the password, or undefined. */
export function owesSecondStep(request: FastifyRequest, now: Date): number | undefined {
  const { pendingOfficerId, pendingSince = 0 } = request.session;
  return now.getTime() - pendingSince < pendingMs ? pendingOfficerId : undefined;
}

/** What the request's session is kept under. */
export function sessionHash(request: FastifyRequest): Buffer {
  return hashOf(request.session.sessionId);
}

/** The token that a desk form carries as `_csrf`. */
export function csrfToken(reply: FastifyReply): string {
  return reply.generateCsrf();
}

// A commit at every page is much for what is only looked at to the minute.
function keepAwake({ session }: FastifyRequest, now: Date): void {
  if (session.seenAt !== undefined && now.getTime() - session.seenAt >= seenMs)
    session.seenAt = now.getTime();
}

async function loadOfficer(request: FastifyRequest, deps: Deps): Promise<void> {
  const { officerId, signedInAt } = request.session;
  if (officerId === undefined || signedInAt === undefined) return;
  if (deps.clock().getTime() - signedInAt > absoluteMs) return request.session.destroy();
  const account = await officerById(deps.db, officerId);
  const isRefused = !account || account.disabledAt !== null || (account.isSample && deps.config.production);
  request.officer = isRefused ? null : account;
}

function makeStore(deps: Deps): SessionStore {
  return {
    set(id, data, callback) {
      const now = deps.clock();
      const expiresAt = new Date(now.getTime() + idleMs);
      saveSession(deps.db, hashOf(id), data, now, expiresAt).then(() => callback(), callback);
    },
    get(id, callback) {
      readSession(deps.db, hashOf(id), deps.clock()).then(
        (data) => callback(null, (data as Parameters<typeof callback>[1]) ?? null),
        (error: unknown) => callback(error, null),
      );
    },
    destroy(id, callback) {
      endSession(deps.db, hashOf(id), deps.clock()).then(() => callback(), callback);
    },
  };
}

function hashOf(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
