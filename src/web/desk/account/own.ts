import type { FastifyReply } from 'fastify';
import { changeEmail, changePassword } from '../../../actions/own-account.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { sessionHash } from '../../plugins/desk-session.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';
import { accountCrumbs, statusOf } from './shared.ts';

/** A form about the officer's own account. */
export interface OwnFormPage {
  readonly form: FormState;
}

/** Where an officer changes their own password. */
export function showOwnPassword(visit: Visit): Promise<FastifyReply> {
  return sendOwnPassword(visit, []);
}

/** Changes it; this session stays, all others end. */
export async function takeOwnPassword(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = {
    currentPassword: raw(body, 'currentPassword'),
    password: raw(body, 'password'),
    passwordAgain: raw(body, 'passwordAgain'),
  };
  const issues = await changePassword(site.db, officer, typed, sessionHash(request), now);
  return issues.length > 0
    ? sendOwnPassword(visit, issues)
    : goTo(visit, '/desk/account?done=passwordChanged');
}

/** Where an officer changes their own e-mail address. */
export function showOwnEmail(visit: Visit): Promise<FastifyReply> {
  return sendOwnEmail(visit, visit.officer.email, []);
}

/** Changes it. */
export async function takeOwnEmail(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { email: line(body, 'email'), currentPassword: raw(body, 'currentPassword') };
  const issues = await changeEmail(site.db, officer, typed, now);
  return issues.length > 0
    ? sendOwnEmail(visit, typed.email, issues)
    : goTo(visit, '/desk/account?done=emailChanged');
}

function sendOwnPassword(visit: Visit, issues: readonly Issue[]): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const values = { currentPassword: '', password: '', passwordAgain: '' };
  const page = {
    title: sentences.desk.ownPassword,
    form: formState(values, issues, sentences),
    crumbs: accountCrumbs(visit),
  };
  return sendDesk(visit, 'desk/own-password', page, statusOf(issues));
}

function sendOwnEmail(visit: Visit, email: string, issues: readonly Issue[]): Promise<FastifyReply> {
  const { sentences } = visit.site;
  const page = {
    title: sentences.desk.ownEmail,
    form: formState({ email, currentPassword: '' }, issues, sentences),
    crumbs: accountCrumbs(visit),
  };
  return sendDesk(visit, 'desk/own-email', page, statusOf(issues));
}
