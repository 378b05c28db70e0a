import type { FastifyReply, FastifyRequest } from 'fastify';
import { askForPassword, passwordLinkFor, setPasswordByLink } from '../../../actions/reset-password.ts';
import type { OfficerAccount } from '../../../db/officers.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { originOf } from '../../origin.ts';
import type { Site } from '../../site.ts';
import { backHome, type Call, goTo, sendDesk } from '../page.ts';
import { statusOf } from './shared.ts';

export interface ForgottenPage {
  readonly form: FormState;
}

/** The page behind a link for a new password. */
export interface NewPasswordPage {
  readonly form: FormState;
  readonly to: string;
  readonly name: string;
  readonly login: string;
}

/** Where an officer asks for a new password. */
export function showForgotten(site: Site) {
  return (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> =>
    sendForgotten({ site, request, reply }, '', []);
}

/** Sends a link, and says the same whether or not there is such an officer. */
export function takeForgotten(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const login = line((request.body ?? {}) as FormBody, 'login');
    if (!login) return sendForgotten(call, login, [{ field: 'login', key: 'required' }]);
    const rules = { production: site.config.production, from: originOf(request.ip).sender };
    await askForPassword(site.db, login, rules, site, site.clock());
    const { signIn, forgotten } = site.sentences.desk;
    const back = { to: '/desk/sign-in', text: signIn };
    const trial = site.config.smtpUrl ? '' : forgotten.trial;
    const text = forgotten.answer + trial;
    return sendDesk(call, 'desk/message', { title: forgotten.asked, text, back });
  };
}

/** Where a new password is set by a link, or a page that says the link is used up. */
export function showNewPassword(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const officer = await passwordLinkFor(site.db, tokenIn(request), site.clock());
    return officer ? sendNewPassword(call, officer, []) : sendUsedUp(call);
  };
}

/** Sets the new password; the officer signs in with it, and with the second factor if there is one. */
export function takeNewPassword(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const now = site.clock();
    const officer = await passwordLinkFor(site.db, tokenIn(request), now);
    if (!officer) return sendUsedUp(call);
    const body = (request.body ?? {}) as FormBody;
    const typed = { password: raw(body, 'password'), passwordAgain: raw(body, 'passwordAgain') };
    const from = originOf(request.ip).sender;
    const issues = await setPasswordByLink(site.db, tokenIn(request), typed, from, now);
    return issues.length > 0
      ? sendNewPassword(call, officer, issues)
      : goTo(call, '/desk/sign-in?done=passwordSet');
  };
}

function sendForgotten(call: Call, login: string, issues: readonly Issue[]): Promise<FastifyReply> {
  const { sentences } = call.site;
  const form = formState({ login }, issues, sentences);
  const { title } = sentences.desk.forgotten;
  return sendDesk(call, 'desk/forgotten-password', { title, form }, statusOf(issues));
}

function sendNewPassword(
  call: Call,
  { name, login }: OfficerAccount,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { site, request } = call;
  const page = {
    title: site.sentences.desk.forgotten.newPassword,
    form: formState({ password: '', passwordAgain: '' }, issues, site.sentences),
    to: `/desk/password/${tokenIn(request)}`,
    name,
    login,
    crumbs: [],
  };
  return sendDesk(call, 'desk/new-password', page, statusOf(issues));
}

function sendUsedUp(call: Call): Promise<FastifyReply> {
  const { usedUp, forgotten } = call.site.sentences.desk;
  const page = { title: usedUp, text: forgotten.usedUp, back: backHome(call) };
  return sendDesk(call, 'desk/message', page, 404);
}

function tokenIn(request: FastifyRequest): string {
  return (request.params as { readonly token: string }).token;
}
