import type { FastifyReply } from 'fastify';
import { type Invited, inviteAgain } from '../../../actions/invite-officer.ts';
import {
  changeColleaguesEmail,
  changeNeed,
  disableOfficer,
  enableOfficer,
  endColleaguesSessions,
  keysOf,
  resetColleaguesSecondFactor,
  unlockColleague,
} from '../../../actions/manage-officer.ts';
import { sendPasswordLink } from '../../../actions/reset-password.ts';
import { lastLetterTo } from '../../../db/officer-letters.ts';
import { type OfficerAccount, officerById } from '../../../db/officers.ts';
import { openSessions } from '../../../db/sessions.ts';
import { lockedUntil } from '../../../db/sign-in-failures.ts';
import { absoluteMs } from '../../../domain/account.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { Role } from '../../../domain/officer.ts';
import { type FormBody, type FormState, formState, line, raw } from '../../forms.ts';
import { sessionHash } from '../../plugins/desk-session.ts';
import type { Link } from '../../public/shapes.ts';
import { goTo, idIn, sendDesk, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { Visit } from '../visit.ts';
import { statusOf } from './shared.ts';

/** One colleague, as an administrator sees them. */
export interface ColleaguePage {
  readonly form: FormState;
  readonly to: string;
  readonly name: string;
  readonly login: string;
  readonly email: string;
  readonly role: Role;
  /** False until they set their password. */
  readonly ready: boolean;
  readonly disabledAt: Date | null;
  readonly lockedUntil: Date | null;
  readonly hasSecondFactor: boolean;
  readonly sessions: number;
  /** A colleague of the administrator did something about them since the page was opened. */
  readonly stale: boolean;
  /** The letter that went to them last. */
  readonly lastLetter: Awaited<ReturnType<typeof lastLetterTo>>;
  /** A one-time link, shown on this one answer and never again; `url` is empty when it goes by letter. */
  readonly link: { readonly url: string } | null;
  /** True where letters are only written to files. */
  readonly isTrial: boolean;
}

/** A request about a colleague of the administrator's own agency, not about themselves. */
interface ColleagueVisit extends Visit {
  readonly colleague: OfficerAccount;
}
type Handle = (visit: ColleagueVisit) => Promise<FastifyReply>;

/** A route about the colleague at `:officer`. */
export function aboutColleague(handle: Handle): (visit: Visit) => Promise<FastifyReply> {
  return async (visit) => {
    const id = idIn(visit.request, 'officer');
    const colleague = id && (await officerById(visit.site.db, id));
    const isOurs = colleague && colleague.agencyId === visit.officer.agencyId;
    return isOurs && id !== visit.officer.id ? handle({ ...visit, colleague }) : sendNotFound(visit);
  };
}

/** The page of a colleague. */
export const showColleague = aboutColleague((visit) => sendColleague(visit));

/** Changes a colleague's e-mail address. */
export const takeColleaguesEmail = aboutColleague(async (visit) => {
  const body = (visit.request.body ?? {}) as FormBody;
  const [email, seen] = [line(body, 'email'), line(body, 'seen')];
  const changing = changeColleaguesEmail(visit.site.db, aboutOf(visit), { seen, email }, visit.now);
  if (await wentStale(changing)) return sendAgain(visit, email);
  const issues = await changing;
  return issues.length > 0 ? sendColleague(visit, { email, issues }) : goBack(visit, 'emailChanged');
});

/** Makes a one-time link: for the first password, or a new one. */
export const takeLink = aboutColleague(async (visit) => {
  const { site, colleague, now } = visit;
  const make = colleague.passwordHash === null ? inviteAgain : sendPasswordLink;
  return sendColleague(visit, { link: await make(site.db, aboutOf(visit), site, now) });
});

const deeds = {
  unlock: [unlockColleague, 'unlocked'],
  endSessions: [endColleaguesSessions, 'colleaguesSessionsEnded'],
  resetSecondFactor: [resetColleaguesSecondFactor, 'secondFactorReset'],
  disable: [disableOfficer, 'officerDisabled'],
  enable: [enableOfficer, 'officerEnabled'],
} as const;

/** Does what the button says that was pressed. */
export const takeColleaguesDeed = aboutColleague(async (visit) => {
  const deed = raw((visit.request.body ?? {}) as FormBody, 'deed');
  if (!Object.hasOwn(deeds, deed)) return sendColleague(visit);
  const [act, done] = deeds[deed as keyof typeof deeds];
  if (await wentStale(act(visit.site.db, aboutOf(visit), visit.now))) return sendAgain(visit);
  return goBack(visit, done);
});

async function sendAgain(visit: ColleagueVisit, email?: string): Promise<FastifyReply> {
  const colleague = (await officerById(visit.site.db, visit.colleague.id)) ?? visit.colleague;
  return sendColleague({ ...visit, colleague }, { ...(email !== undefined && { email }), stale: true });
}

/** Says whether everybody in the agency needs a second factor. */
export async function takeNeed(visit: Visit): Promise<FastifyReply> {
  const needed = raw((visit.request.body ?? {}) as FormBody, 'needed') === 'yes';
  await changeNeed(visit.site.db, visit.officer, needed, visit.now);
  return goTo(visit, `/desk/officers?done=${needed ? 'secondFactorNeeded' : 'secondFactorNotNeeded'}`);
}

function aboutOf({ officer, colleague }: ColleagueVisit) {
  return { officer, officerId: colleague.id };
}

function goBack(visit: ColleagueVisit, done: string): FastifyReply {
  return goTo(visit, `/desk/officers/${visit.colleague.id}?done=${done}`);
}

async function sendColleague(
  visit: ColleagueVisit,
  state: {
    readonly email?: string;
    readonly issues?: readonly Issue[];
    readonly link?: Invited;
    readonly stale?: boolean;
  } = {},
): Promise<FastifyReply> {
  const { site, request, colleague, now } = visit;
  const { id, name, login, role, disabledAt, hasSecondFactor, passwordHash } = colleague;
  const { email = colleague.email, issues = [], link, stale = false } = state;
  const notBefore = new Date(now.getTime() - absoluteMs);
  const page = {
    title: name,
    form: formState({ email }, issues, site.sentences),
    to: `/desk/officers/${id}`,
    name,
    login,
    email: colleague.email,
    role,
    ready: passwordHash !== null,
    disabledAt,
    lockedUntil: await lockedUntil(site.db, keysOf(colleague), now),
    hasSecondFactor,
    sessions: (await openSessions(site.db, id, sessionHash(request), now, notBefore)).length,
    stale,
    lastLetter: await lastLetterTo(site.db, id),
    link: link ? { url: urlOf(visit, link.token) } : null,
    isTrial: !site.config.smtpUrl,
    crumbs: crumbsOf(visit),
  };
  return sendDesk(visit, 'desk/colleague', page, stale ? 409 : statusOf(issues));
}

function urlOf({ site, colleague }: ColleagueVisit, token: string | null): string {
  if (token === null) return '';
  const kind = colleague.passwordHash === null ? 'invitations' : 'password';
  return `${site.config.publicUrl}/desk/${kind}/${token}`;
}

function crumbsOf({ site }: Visit): Link[] {
  const { home, officers } = site.sentences.desk;
  return [
    { to: '/desk', text: home },
    { to: '/desk/officers', text: officers },
  ];
}
