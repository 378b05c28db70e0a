import type { FastifyReply, FastifyRequest } from 'fastify';
import { signInWithCode } from '../../../actions/use-code.ts';
import { officerById } from '../../../db/officers.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { originOf } from '../../origin.ts';
import { beginSession, owesSecondStep } from '../../plugins/desk-session.ts';
import type { Site } from '../../site.ts';
import { type Call, goTo, queryOf, sendDesk } from '../page.ts';
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
    if (owesSecondStep(request, site.clock()) === undefined) return goTo(call, '/desk/sign-in');
    return sendSecondStep(call, pageOfDesk(queryOf(request, 'next')), []);
  };
}

/** Signs in with the second factor and goes on to the page that was asked for. */
export function takeSecondStep(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const now = site.clock();
    const officerId = owesSecondStep(request, now);
    const officer = officerId === undefined ? undefined : await officerById(site.db, officerId);
    if (!officer || officer.disabledAt) return goTo(call, '/desk/sign-in');
    const body = (request.body ?? {}) as FormBody;
    const next = pageOfDesk(raw(body, 'next'));
    const actor = { id: officer.id, from: originOf(request.ip).sender };
    const issues = await signInWithCode(site.db, actor, line(body, 'code'), site.secrets, now);
    if (issues.length > 0) return sendSecondStep(call, next, issues);
    site.rates.forgiveSender(request, 'signIns', site.limits.signIns);
    await beginSession(request, officer.id, now);
    return goTo(call, next);
  };
}

function sendSecondStep(call: Call, next: string, issues: readonly Issue[]): Promise<FastifyReply> {
  const { sentences } = call.site;
  const form = formState({ code: '' }, issues, sentences);
  const page = { title: sentences.desk.secondStep, form, next, crumbs: [] };
  return sendDesk(call, 'desk/second-step', page, statusOf(issues));
}
