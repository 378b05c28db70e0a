import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  acceptFirstInvitation,
  acceptInvitation,
  type FirstOfficer,
  invitedBy,
} from '../../actions/accept-invitation.ts';
import type { OfficerAccount } from '../../db/officers.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, raw } from '../forms.ts';
import { beginSession } from '../plugins/desk-session.ts';
import type { Site } from '../site.ts';
import { backHome, type Call, goTo, sendDesk } from './page.ts';

export interface InvitationPage {
  readonly form: FormState;
  readonly to: string;
  /** Who was invited; null for the first officer of an agency, who also names it. */
  readonly invited: { readonly name: string; readonly login: string; readonly agencyName: string } | null;
  /** True for the first officer of all. */
  readonly isFirst: boolean;
}

const lines = ['agencyName', 'agencyShort', 'siteName', 'officerName', 'login'] as const;
type Typed = Readonly<Record<(typeof lines)[number], string>>;
const nothing: Typed = { agencyName: '', agencyShort: '', siteName: '', officerName: '', login: '' };

/** The page behind a one-time link, or one that says the link is used up. */
export function showInvitation(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const invited = await invitedBy(site.db, tokenIn(request), site.clock());
    return invited ? sendInvitation(call, invited, nothing, [], 200) : sendUsedUp(call);
  };
}

/** Sets up whoever the link invites, and signs them in. */
export function takeInvitation(site: Site) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const call = { site, request, reply };
    const now = site.clock();
    const token = tokenIn(request);
    const invited = await invitedBy(site.db, token, now);
    if (!invited) return sendUsedUp(call);
    const typed = typedIn(request);
    const accepted =
      typeof invited === 'string'
        ? await acceptFirstInvitation(site.db, token, typed, now)
        : await acceptInvitation(site.db, token, typed, now);
    if ('issues' in accepted) return sendInvitation(call, invited, typed, accepted.issues, 422);
    await beginSession(request, accepted.officerId, now);
    return goTo(call, '/desk?done=setUp');
  };
}

function tokenIn(request: FastifyRequest): string {
  return (request.params as { readonly token: string }).token;
}

function typedIn(request: FastifyRequest): FirstOfficer {
  const body = (request.body ?? {}) as FormBody;
  const typed = Object.fromEntries(lines.map((name) => [name, line(body, name)])) as Typed;
  return { ...typed, password: raw(body, 'password'), passwordAgain: raw(body, 'passwordAgain') };
}

function sendInvitation(
  call: Call,
  invited: OfficerAccount | 'first' | 'newAgency',
  typed: Typed,
  issues: readonly Issue[],
  status: number,
): Promise<FastifyReply> {
  const { site, request } = call;
  const { agencyName, agencyShort, siteName, officerName, login } = typed;
  const values = { agencyName, agencyShort, siteName, officerName, login, password: '', passwordAgain: '' };
  const page = {
    title: site.sentences.desk.setUp,
    form: formState(values, issues, site.sentences),
    to: `/desk/invitations/${tokenIn(request)}`,
    invited: typeof invited === 'string' ? null : invited,
    isFirst: invited === 'first',
    crumbs: [],
  };
  return sendDesk(call, 'desk/invitation', page, status);
}

function sendUsedUp(call: Call): Promise<FastifyReply> {
  const { desk, rules } = call.site.sentences;
  const page = { title: desk.usedUp, text: rules.invitationUsed, back: backHome(call) };
  return sendDesk(call, 'desk/message', page, 404);
}
