import { type ColleagueDeed, type DeedsAsked, latestDeeds } from '../../db/colleague-deeds.ts';
import type { Deed } from '../../db/ledger.ts';
import type { Sentences } from '../../sentences.ts';
import { withoutLarge } from '../frame.ts';
import { deedWords } from './audit/words.ts';
import { type Call, idIn } from './page.ts';

/** What somebody did, as an officer is told whose page went stale. */
export interface ToldDeed {
  readonly at: Date;
  /** Empty where nobody acted: the clock, or a citizen. */
  readonly who: string;
  readonly did: string;
}

const mostTold = 3;

// What colleagues do at pages that are about no consultation.
const deedsAt: Readonly<Record<string, readonly Deed[]>> = {
  templates: ['templateKept', 'templateRemoved'],
  departments: ['departmentKept', 'departmentEnded'],
  mail: ['mailAccepted', 'mailLeft'],
  officers: [
    'officerInvited',
    'officerDisabled',
    'officerEnabled',
    'colleaguesEmailChanged',
    'colleaguesSessionsEnded',
    'passwordLinkSent',
    'secondFactorReset',
  ],
};

/** What others did last to the thing that a page is about: to its consultation, or to what its address names. */
export async function deedsMeanwhile(call: Call): Promise<ToldDeed[]> {
  const { site, request } = call;
  const { officer } = request;
  const about = officer && deedsAbout(call);
  if (!about) return [];
  const asked = { agencyId: officer.agencyId, notBy: officer.id, limit: mostTold, ...about };
  return (await latestDeeds(site.db, asked)).map((deed) => told(deed, site.sentences));
}

/** The latest deed that fits, whoever did it, or null. */
export async function deedDone(
  { site, request }: Call,
  asked: Pick<DeedsAsked, 'consultationId' | 'deeds' | 'detail'>,
): Promise<ToldDeed | null> {
  const agencyId = request.officer?.agencyId ?? 0;
  const [deed] = await latestDeeds(site.db, { agencyId, limit: 1, ...asked });
  return deed ? told(deed, site.sentences) : null;
}

function deedsAbout(call: Call): Pick<DeedsAsked, 'consultationId' | 'deeds'> | undefined {
  const [, section = ''] = /^\/desk\/([a-z]+)/.exec(withoutLarge(call.request.originalUrl)) ?? [];
  const deeds = Object.hasOwn(deedsAt, section) ? deedsAt[section] : undefined;
  if (deeds) return { deeds };
  const consultationId = section === 'consultations' ? idIn(call.request, 'id') : undefined;
  return consultationId === undefined ? undefined : { consultationId };
}

function told({ at, who, ...deed }: ColleagueDeed, sentences: Sentences): ToldDeed {
  return { at, who, did: deedWords(deed, sentences) };
}
