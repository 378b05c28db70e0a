import type { FastifyReply } from 'fastify';
import { type Invited, inviteOfficer, type NewOfficer } from '../../actions/invite-officer.ts';
import { keysOf } from '../../actions/manage-officer.ts';
import { requiresApproval } from '../../db/approvals.ts';
import { type OfficerAccount, officersOf } from '../../db/officers.ts';
import { lockedKeys } from '../../db/sign-in-failures.ts';
import type { Issue } from '../../domain/issue.ts';
import { type Role, roles } from '../../domain/officer.ts';
import { type FormBody, type FormState, formState, line } from '../forms.ts';
import type { HintedChoice, Tag } from './contexts.ts';
import { sendDesk } from './page.ts';
import type { Visit } from './visit.ts';

export interface OfficersPage {
  readonly form: FormState;
  readonly officers: readonly {
    readonly name: string;
    readonly login: string;
    readonly email: string;
    readonly role: Role;
    readonly hasSecondFactor: boolean;
    readonly tag: Tag;
    /** Their page. */
    readonly to: string;
  }[];
  readonly roles: readonly HintedChoice[];
  /** A one-time link, shown on this one answer and never again; `url` is empty when it goes by letter. */
  readonly link: { readonly name: string; readonly url: string } | null;
  /** True where letters are only written to files. */
  readonly isTrial: boolean;
  /** True when everybody in the agency needs a second factor. */
  readonly needsSecondFactor: boolean;
  /** True where the agency publishes only what a second officer approved. */
  readonly requiresApproval: boolean;
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
  const locked = await lockedKeys(site.db, officers.flatMap(keysOf), visit.now);
  const page = {
    title: sentences.desk.officers,
    form: formState({ ...typed }, issues, sentences),
    officers: officers.map((each) => ({
      name: each.name,
      login: each.login,
      email: each.email,
      role: each.role,
      hasSecondFactor: each.hasSecondFactor,
      tag: tagOf(visit, each, locked),
      to: each.id === officer.id ? '/desk/account' : `/desk/officers/${each.id}`,
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
    needsSecondFactor: officer.agencyNeedsSecondFactor,
    requiresApproval: await requiresApproval(site.db, officer.agencyId),
  };
  return sendDesk(visit, 'desk/officers', page, issues.length > 0 ? 422 : 200);
}

function tagOf({ site, officer }: Visit, each: OfficerAccount, locked: ReadonlySet<string>): Tag {
  const { id, disabledAt, passwordHash } = each;
  const names = site.sentences.desk.officerStates;
  if (id === officer.id) return { kind: 'blue', text: names.self };
  if (disabledAt) return { kind: 'closed', text: names.disabled };
  if (keysOf(each).some((key) => locked.has(key.toString('hex'))))
    return { kind: 'amber', text: names.locked };
  return passwordHash === null
    ? { kind: 'amber', text: names.invited }
    : { kind: 'green', text: names.ready };
}
