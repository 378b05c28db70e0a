import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInWithCode } from '../../../actions/use-code.ts';
import { officerById } from '../../../db/officers.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { originOf } from '../../origin.ts';
import { beginSession, owesSecondStep } from '../../plugins/desk-session.ts';
import type { Site } from '../../site.ts';
import { type Call, goTo, queryOf, sendDesk } from '../page.ts';
import { asking } from '../progress.ts';
import { pageOfDesk } from '../sign-in.ts';
import { statusOf } from './shared.ts';

export interface SecondStepPage {
  readonly form: FormState;
  /** Where to go once signed in. */
  readonly next: string;
}

/** The page that asks for the second factor after the password. */
export function showSecondStep(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const next = pageOfDesk(queryOf(request, 'next'));
    if (owesSecondStep(request, site.clock()) === undefined) return askForPassword(call, next);
    return sendSecondStep(call, next, []);
  };
}

/** Signs in with the second factor and goes on to the page that was asked for. */
export function takeSecondStep(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const now = site.clock();
    const officerId = owesSecondStep(request, now);
    const officer = officerId === undefined ? undefined : await officerById(site.db, officerId);
    const body = (request.body ?? {}) as FormBody;
    const next = pageOfDesk(raw(body, 'next'));
    if (!officer || officer.disabledAt) return askForPassword(call, next);
    const actor = { id: officer.id, from: originOf(request.ip).sender };
    const code = line(body, 'code');
    const issues = await signInWithCode(site.db, actor, code, site.secrets, now);
    if (issues.length > 0) return sendSecondStep(call, next, issues);
    site.rates.forgiveSender(request, 'signIns', site.limits.signIns);
    await beginSession(request, officer.id, now);
    return goTo(call, isOfApp(code) ? next : asking(next, 'done=recoveryCodeUsed'));
  };
}

function askForPassword(call: Call, next: string): FastifyReply {
  return goTo(call, `/desk/sign-in?done=passwordFirst&next=${encodeURIComponent(next)}`);
}

// What is right and no recovery code is six digits, however they are spaced.
function isOfApp(code: string): boolean {
  return /^\d{6}$/.test(code.replace(/\s/g, ''));
}

function sendSecondStep(call: Call, next: string, issues: readonly Issue[]): Promise<FastifyReply> {
  const { sentences } = call.site;
  const form = formState({ code: '' }, issues, sentences);
  const page = { title: sentences.desk.secondStep, form, next, crumbs: [] };
  return sendDesk(call, 'desk/second-step', page, statusOf(issues));
}
