import type { FastifyReply } from 'fastify';
import { endOwnSessions } from '../../../actions/own-account.ts';
import { wantsReminders } from '../../../db/reminders.ts';
import { recoveryCodesLeft } from '../../../db/second-factors.ts';
import { type OpenSession, openSessions } from '../../../db/sessions.ts';
import { absoluteMs } from '../../../domain/account.ts';
import type { Role } from '../../../domain/officer.ts';
import { type FormBody, raw } from '../../forms.ts';
import { sessionHash } from '../../plugins/desk-session.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';

export interface AccountPage {
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly role: Role;
  readonly agencyName: string;
  readonly hasSecondFactor: boolean;
  readonly codesLeft: number;
  /** Whether letters remind them. */
  readonly reminded: boolean;
  readonly sessions: readonly OpenSession[];
}

/** The officer's own account: what is known of them, and where they are signed in. */
export async function showAccount(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const notBefore = new Date(now.getTime() - absoluteMs);
  const { name, login, email, role, agencyName, hasSecondFactor } = officer;
  const page = {
    title: site.sentences.desk.account,
    name,
    login,
    email,
    role,
    agencyName,
    hasSecondFactor,
    codesLeft: await recoveryCodesLeft(site.db, officer.id),
    reminded: await wantsReminders(site.db, officer.id),
    sessions: await openSessions(site.db, officer.id, sessionHash(request), now, notBefore),
  };
  return sendDesk(visit, 'desk/account', page);
}

/** Ends one of the officer's sessions, or all but this one. */
export async function takeSessionEnd(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const asked = raw((request.body ?? {}) as FormBody, 'session');
  const which = asked === 'others' ? { except: sessionHash(request) } : { only: Number(asked) || 0 };
  await endOwnSessions(site.db, officer, which, now);
  return goTo(visit, '/desk/account?done=sessionsEnded');
}
