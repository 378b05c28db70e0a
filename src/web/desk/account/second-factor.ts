import type { FastifyReply } from 'fastify';
import { renderSVG } from 'uqr';
import {
  confirmSecondFactor,
  proposedSecret,
  renewRecoveryCodes,
  startSecondFactor,
  stopSecondFactor,
} from '../../../actions/second-factor.ts';
import { secretAddress } from '../../../actions/second-factor-codes.ts';
import { recoveryCodesLeft } from '../../../db/second-factors.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';
import { accountCrumbs, statusOf } from './shared.ts';

export interface SecondFactorPage {
  readonly form: FormState;
  /** True when it is turned on. */
  readonly isOn: boolean;
  /** True when the agency wants it and the officer can do nothing else before. */
  readonly isNeeded: boolean;
  /** The secret that waits to be confirmed, in groups of four; empty before the beginning. */
  readonly secret: string;
  readonly codesLeft: number;
}

/** Recovery codes, shown on this one answer and never again. */
export interface RecoveryCodesPage {
  readonly codes: readonly string[];
}

const at = '/desk/account/second-factor';

/** The second factor: how to set it up, or how it stands. */
export function showSecondFactor(visit: Visit): Promise<FastifyReply> {
  return sendSecondFactor(visit, []);
}

/** Makes a new secret to be confirmed. */
export async function takeSecondFactorStart(visit: Visit): Promise<FastifyReply> {
  await startSecondFactor(visit.site.db, visit.officer, visit.site, visit.now);
  return goTo(visit, at);
}

/** The QR code of the secret that waits to be confirmed, for its officer alone. */
export async function sendSecretQr(visit: Visit): Promise<FastifyReply> {
  const { site, officer, reply } = visit;
  const secret = await proposedSecret(site.db, officer.id, site.secrets);
  if (!secret) return goTo(visit, at);
  const image = renderSVG(secretAddress(secret, site.sentences.site.name, officer.login), { pixelSize: 4 });
  return reply.type('image/svg+xml').header('cache-control', 'no-store').send(image);
}

/** Turns it on with a code, and shows the recovery codes. */
export async function takeSecondFactor(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  // The page of the codes was loaded again.
  if (officer.hasSecondFactor) return goTo(visit, `${at}?done=secondFactorIsOn`);
  const code = line((request.body ?? {}) as FormBody, 'code');
  const result = await confirmSecondFactor(site.db, officer, code, site, now);
  return 'issues' in result ? sendSecondFactor(visit, result.issues) : sendCodes(visit, result.codes);
}

/** Turns it off, or gives new recovery codes; both want the password and a code. */
export async function takeSecondFactorChange(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = { currentPassword: raw(body, 'currentPassword'), code: line(body, 'code') };
  if (raw(body, 'deed') === 'renew') {
    const result = await renewRecoveryCodes(site.db, officer, typed, site, now);
    return 'issues' in result ? sendSecondFactor(visit, result.issues) : sendCodes(visit, result.codes);
  }
  const issues = await stopSecondFactor(site.db, officer, typed, site.secrets, now);
  return issues.length > 0
    ? sendSecondFactor(visit, issues)
    : goTo(visit, '/desk/account?done=secondFactorOff');
}

async function sendSecondFactor(visit: Visit, issues: readonly Issue[]): Promise<FastifyReply> {
  const { site, officer } = visit;
  const { db, secrets, sentences } = site;
  const secret = (await proposedSecret(db, officer.id, secrets)) ?? '';
  const page = {
    title: sentences.desk.secondFactor,
    form: formState({ currentPassword: '', code: '' }, issues, sentences),
    isOn: officer.hasSecondFactor,
    isNeeded: officer.agencyNeedsSecondFactor,
    secret: (secret.match(/.{1,4}/g) ?? []).join(' '),
    codesLeft: await recoveryCodesLeft(db, officer.id),
    crumbs: accountCrumbs(visit),
  };
  return sendDesk(visit, 'desk/second-factor', page, statusOf(issues));
}

function sendCodes(visit: Visit, codes: readonly string[]): Promise<FastifyReply> {
  const page = { title: visit.site.sentences.desk.recoveryCodes, codes, crumbs: accountCrumbs(visit) };
  return sendDesk(visit, 'desk/recovery-codes', page);
}
