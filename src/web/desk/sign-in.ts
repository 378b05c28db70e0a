import type { FastifyReply, FastifyRequest } from 'fastify';
import { signIn } from '../../actions/sign-in.ts';
import { lockedIssue } from '../../domain/account.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../forms.ts';
import { originOf } from '../origin.ts';
import { beginSecondStep, beginSession } from '../plugins/desk-session.ts';
import type { Site } from '../site.ts';
import { type Call, goTo, queryOf, sendDesk } from './page.ts';

export interface SignInPage {
  readonly form: FormState;
  /** Where to go once signed in. */
  readonly next: string;
  /** True where they come from another page of the desk and go back to it. */
  readonly returns: boolean;
}

/** The sign-in page; whoever is signed in already goes on at once. */
export function showSignIn(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const next = pageOfDesk(queryOf(request, 'next'));
    return request.officer ? goTo(call, next) : sendSignIn(call, { login: '', next }, [], 200);
  };
}

/** Signs in and goes on to the page that was asked for. */
export function takeSignIn(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const { login, password, next } = typedIn(request);
    const now = site.clock();
    const rules = { production: site.config.production, from: originOf(request.ip).sender };
    const result = await signIn(site.db, { login, password }, rules, now);
    if (result.kind === 'locked')
      return sendSignIn(call, { login, next }, [lockedIssue('login', result.until, now)], 429);
    if (result.kind === 'refused')
      return sendSignIn(call, { login, next }, [{ field: 'login', key: 'wrongPassword' }], 422);
    // A whole office signs in from one address in the morning: only what failed counts.
    site.rates.forgiveSender(request, 'signIns', site.limits.signIns);
    if (result.kind === 'needsCode') {
      await beginSecondStep(request, result.officerId, now);
      return goTo(call, `/desk/sign-in/code?next=${encodeURIComponent(next)}`);
    }
    await beginSession(request, result.officerId, now);
    return goTo(call, next);
  };
}

/** The sign-in page once more, for a form that was open too long. */
export function sendSignInAgain(call: Call): Promise<FastifyReply> {
  return sendSignIn(call, typedIn(call.request), [{ field: 'login', key: 'expiredSignIn' }], 403);
}

/** Ends the session. */
export function takeSignOut(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    await request.session.destroy();
    return goTo({ site, request, reply }, '/desk/sign-in?done=signedOut');
  };
}

/** The address when it is one of the desk's own pages, else the desk's home. */
export function pageOfDesk(address: string): string {
  if (!/^\/desk(?=[/?]|$)/.test(address) || /[\\\p{C}]/u.test(address)) return '/desk';
  const { pathname, search } = new URL(address, 'http://desk.invalid');
  const isPage = /^\/desk(\/(?!sign-)|$)/.test(pathname);
  return isPage ? pathname + search : '/desk';
}

function typedIn(request: FastifyRequest) {
  const body = (request.body ?? {}) as FormBody;
  return { login: line(body, 'login'), password: raw(body, 'password'), next: pageOfDesk(raw(body, 'next')) };
}

function sendSignIn(
  call: Call,
  { login, next }: { readonly login: string; readonly next: string },
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const { sentences } = call.site;
  const form = formState({ login, password: '' }, issues, sentences);
  return sendDesk(
    call,
    'desk/sign-in',
    { title: sentences.desk.signIn, form, next, returns: next !== '/desk' },
    status,
  );
}
