import type { FastifyReply, FastifyRequest } from 'fastify';
import { closeConsultation } from '../../actions/close-consultations.ts';
import { agencyConsultation, type Consultation, phaseNow } from '../../db/consultations.ts';
import type { OfficerAccount } from '../../db/officers.ts';
import { type Deed, may } from '../../domain/officer.ts';
import { withoutLarge } from '../frame.ts';
import { originOf } from '../origin.ts';
import type { Site } from '../site.ts';
import { sendKept } from './kept.ts';
import { type Call, goTo, idIn, refuse, sendNotFound } from './page.ts';

/** A request by an officer who is signed in; `now` is the one instant that everything in it goes by. */
export interface Visit extends Call {
  readonly officer: OfficerAccount;
  readonly now: Date;
}

/** A request about one consultation of the officer's own agency. */
export interface ConsultationVisit extends Visit {
  readonly consultation: Consultation;
}

type Route = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;

/**
 * A route for officers who are signed in and may do the deed (null: all of them). Whoever still has to set up the
 * second factor that their agency wants is led there.
 */
export function forOfficers(
  site: Site,
  deed: Deed | null,
  handle: (visit: Visit) => Promise<FastifyReply>,
): Route {
  return forSignedIn(site, deed, async (visit) => {
    const { agencyNeedsSecondFactor, hasSecondFactor } = visit.officer;
    if (!agencyNeedsSecondFactor || hasSecondFactor) return handle(visit);
    return visit.request.method === 'POST'
      ? sendKept(visit, 'secondFactorNeeded')
      : goTo(visit, '/desk/account/second-factor');
  });
}

/** As forOfficers, also before the second factor is set up. */
export function forSignedIn(
  site: Site,
  deed: Deed | null,
  handle: (visit: Visit) => Promise<FastifyReply>,
): Route {
  return async (request, reply) => {
    const { officer } = request;
    const call = { site, request, reply };
    if (!officer) return request.method === 'POST' ? sendKept(call, 'sessionEnded') : askToSignIn(call);
    const from = originOf(request.ip).sender;
    const visit = { ...call, officer: { ...officer, from }, now: site.clock() };
    return !deed || may(officer, deed) ? handle(visit) : refuse(visit);
  };
}

/** As forOfficers, with the consultation at `:id`; one whose deadline is past is closed first. */
export function forConsultation(
  site: Site,
  deed: Deed | null,
  handle: (visit: ConsultationVisit) => Promise<FastifyReply>,
): Route {
  return forOfficers(site, deed, async (visit) => {
    const consultation = await findConsultation(visit);
    return consultation ? handle({ ...visit, consultation }) : sendNotFound(visit);
  });
}

async function findConsultation({ site, request, officer, now }: Visit): Promise<Consultation | undefined> {
  const id = idIn(request, 'id');
  const found = id && (await agencyConsultation(site.db, officer.agencyId, id));
  if (!found) return undefined;
  if (found.closedAt || phaseNow(found, now) !== 'closed') return found;
  await closeConsultation(site.db, found.id, now);
  return agencyConsultation(site.db, officer.agencyId, found.id);
}

function askToSignIn(call: Call): FastifyReply {
  const next = withoutLarge(call.request.originalUrl);
  return goTo(call, `/desk/sign-in${next === '/desk' ? '' : `?next=${encodeURIComponent(next)}`}`);
}
