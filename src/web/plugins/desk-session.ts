import { createHash } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session, { type SessionStore } from '@fastify/session';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type OfficerAccount, officerById } from '../../db/officers.ts';
import { deleteSession, readSession, saveSession } from '../../db/sessions.ts';
import type { Deps } from '../../deps.ts';
import { type FormBody, raw } from '../forms.ts';

declare module 'fastify' {
  interface Session {
    officerId?: number;
    signedInAt?: number;
  }
  interface FastifyRequest {
    /** Who is signed in at the desk; null on public pages and before signing in. */
    officer: OfficerAccount | null;
  }
}

const idleMs = 2 * 3_600_000;
const absoluteMs = 12 * 3_600_000;

/**
 * Sessions and CSRF for everything under /desk, and nowhere else: kept in the database, ended after 2 hours idle or
 * 12 hours in all. Every POST needs `_csrf`.
 */
export async function registerDeskSession(app: FastifyInstance, deps: Deps): Promise<void> {
  await app.register(cookie);
  await app.register(session, {
    secret: deps.config.secretKey,
    cookieName: 'jianyan_desk',
    saveUninitialized: false,
    rolling: true,
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
  app.addHook('preHandler', (request) => loadOfficer(request, deps));
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
  await request.session.save();
}

/** The token that a desk form carries as `_csrf`. */
export function csrfToken(reply: FastifyReply): string {
  return reply.generateCsrf();
}

async function loadOfficer(request: FastifyRequest, deps: Deps): Promise<void> {
  const { officerId, signedInAt } = request.session;
  if (officerId === undefined || signedInAt === undefined) return;
  if (deps.clock().getTime() - signedInAt > absoluteMs) return request.session.destroy();
  const account = await officerById(deps.db, officerId);
  request.officer = account && !(account.isSample && deps.config.production) ? account : null;
}

function makeStore(deps: Deps): SessionStore {
  const hash = (id: string) => createHash('sha256').update(id).digest();
  const ends = () => new Date(deps.clock().getTime() + idleMs);
  return {
    set(id, data, callback) {
      saveSession(deps.db, hash(id), data, ends()).then(() => callback(), callback);
    },
    get(id, callback) {
      readSession(deps.db, hash(id), deps.clock()).then(
        (data) => callback(null, (data as Parameters<typeof callback>[1]) ?? null),
        (error: unknown) => callback(error, null),
      );
    },
    destroy(id, callback) {
      deleteSession(deps.db, hash(id)).then(() => callback(), callback);
    },
  };
}
