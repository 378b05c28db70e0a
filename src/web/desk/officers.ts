import type { FastifyReply } from 'fastify';
import { type Invited, inviteAgain, inviteOfficer, type NewOfficer } from '../../actions/invite-officer.ts';
import { officersOf } from '../../db/officers.ts';
import type { Issue } from '../../domain/issue.ts';
import { type Role, roles } from '../../domain/officer.ts';
import { type FormBody, type FormState, formState, line } from '../forms.ts';
import type { HintedChoice } from './contexts.ts';
import { idIn, sendDesk, sendNotFound } from './page.ts';
import type { Visit } from './visit.ts';

export interface OfficersPage {
  readonly form: FormState;
  readonly officers: readonly {
    readonly name: string;
    readonly login: string;
    readonly email: string;
    readonly role: Role;
    /** False until they set their password. */
    readonly ready: boolean;
    /** Where to ask for a new one-time link; empty for oneself. */
    readonly linkTo: string;
  }[];
  readonly roles: readonly HintedChoice[];
  /** A one-time link, shown on this one answer and never again; `url` is empty when it goes by letter. */
  readonly link: { readonly name: string; readonly url: string } | null;
  /** True where letters are only written to files. */
  readonly isTrial: boolean;
}

const nobody: NewOfficer = { officerName: '', login: '', email: '', role: '' };

/** The officers of the agency. */
export function showOfficers(visit: Visit): Promise<FastifyReply> {
  return sendOfficers(visit, { typed: nobody });
}

/** Adds an officer and shows the one-time link. */
export async function takeOfficer(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const typed = {
    officerName: line(body, 'officerName'),
    login: line(body, 'login').toLowerCase(),
    email: line(body, 'email'),
    role: line(body, 'role'),
  };
  const result = await inviteOfficer(site.db, { officer, invited: typed }, site, now);
  if ('issues' in result) return sendOfficers(visit, { typed, issues: result.issues });
  return sendOfficers(visit, { typed: nobody, link: result });
}

/** Makes a new one-time link for an officer who lost theirs, or their password. */
export async function takeInvitationAgain(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const officerId = idIn(request, 'officer');
  const officers = await officersOf(site.db, officer.agencyId);
  if (!officerId || !officers.some((each) => each.id === officerId)) return sendNotFound(visit);
  const link = await inviteAgain(site.db, { officer, officerId }, site, now);
  return sendOfficers(visit, { typed: nobody, link });
}

async function sendOfficers(
  visit: Visit,
  state: {
    readonly typed: NewOfficer;
    readonly issues?: readonly Issue[];
    readonly link?: Invited;
  },
): Promise<FastifyReply> {
  const { site, officer } = visit;
  const { sentences, config } = site;
  const { typed, issues = [], link } = state;
  const officers = await officersOf(site.db, officer.agencyId);
  const page = {
    title: sentences.desk.officers,
    form: formState({ ...typed }, issues, sentences),
    officers: officers.map(({ id, name, login, email, role, passwordHash }) => ({
      name,
      login,
      email,
      role,
      ready: passwordHash !== null,
      linkTo: id === officer.id ? '' : `/desk/officers/${id}/invitation`,
    })),
    roles: roles.map((role) => ({
      value: role,
      label: sentences.roles[role],
      hint: sentences.desk.roleHints[role],
    })),
    link: link
      ? { name: link.name, url: link.token ? `${config.publicUrl}/desk/invitations/${link.token}` : '' }
      : null,
    isTrial: !config.smtpUrl,
  };
  return sendDesk(visit, 'desk/officers', page, issues.length > 0 ? 422 : 200);
}
