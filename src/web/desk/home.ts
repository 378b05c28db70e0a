import type { FastifyReply } from 'fastify';
import { closeConsultations } from '../../actions/close-consultations.ts';
import { agencyConsultations, type Consultation } from '../../db/consultations.ts';
import { officersOf } from '../../db/officers.ts';
import { fill } from '../../domain/feedback-notice.ts';
import { may } from '../../domain/officer.ts';
import { daysUntil } from '../../domain/shanghai.ts';
import type { Link } from '../public/shapes.ts';
import type { Tag } from './contexts.ts';
import { mailDue } from './mail/due.ts';
import { baseOf } from './matter.ts';
import { sendDesk } from './page.ts';
import { isFor, type Standing, standingsOf, type Wait, waitsOf } from './standing.ts';
import type { Visit } from './visit.ts';

/** One consultation in a list of the desk. */
export interface DeskListed {
  readonly to: string;
  readonly title: string;
  readonly number: string;
  readonly mine: boolean;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly answeredAt: Date | null;
  /** Days until it opens or closes. */
  readonly days: number;
  readonly soon: boolean;
  readonly received: Standing['counts'];
  readonly tags: readonly Tag[];
}

/** A step that waits for this officer. */
export interface Due extends Link {
  readonly title: string;
  readonly tag: Tag;
}

export interface HomePage {
  readonly due: readonly Due[];
  readonly preparing: readonly DeskListed[];
  readonly upcoming: readonly DeskListed[];
  readonly open: readonly DeskListed[];
  readonly closed: readonly DeskListed[];
  readonly answered: readonly DeskListed[];
  readonly mayPrepare: boolean;
  readonly maySign: boolean;
  readonly mayManage: boolean;
  /** True when nobody but the officers who do the work could sign. */
  readonly needsApprover: boolean;
  readonly nothingYet: boolean;
}

const tagKinds: Readonly<Record<Wait, string>> = {
  undisposed: 'amber',
  channelsUnchecked: 'amber',
  returned: 'red',
  toSign: 'blue',
  toPublish: 'green',
};
const pageFor: Readonly<Record<Wait, string>> = {
  undisposed: 'comments?disposition=undisposed',
  channelsUnchecked: 'channels',
  returned: 'notice',
  toSign: 'notice',
  toPublish: 'notice',
};

/** What is mine and due, and every consultation of the agency by how far it has come. */
export async function showHome(visit: Visit): Promise<FastifyReply> {
  const { site, officer, now } = visit;
  await closeConsultations(site.db, now);
  const consultations = await agencyConsultations(site.db, officer.agencyId);
  const standings = await standingsOf(site.db, consultations, now);
  const all = consultations.map((consultation, index) => ({
    consultation,
    standing: standings[index] as Standing,
  }));
  const listed = (phase: Standing['phase']) =>
    all.filter(({ standing }) => standing.phase === phase).map((each) => listedOf(visit, each));
  const officers = await officersOf(site.db, officer.agencyId);
  const page = {
    title: site.sentences.desk.home,
    crumbs: [],
    due: [...all.flatMap((each) => dueOf(visit, each)), ...(await mailDue(visit, consultations))],
    preparing: listed('draft'),
    upcoming: listed('upcoming'),
    open: listed('open'),
    closed: listed('closed'),
    answered: listed('answered'),
    mayPrepare: may(officer, 'prepare'),
    maySign: may(officer, 'sign'),
    mayManage: may(officer, 'manageOfficers'),
    needsApprover: officers.length < 2,
    nothingYet: all.length === 0,
  };
  return sendDesk(visit, 'desk/home', page);
}

interface Work {
  readonly consultation: Consultation;
  readonly standing: Standing;
}

function dueOf(visit: Visit, { consultation, standing }: Work): Due[] {
  const { officer, site } = visit;
  const base = baseOf(consultation);
  const title = titleOf(visit, consultation);
  if (standing.phase === 'draft') {
    const isMine = consultation.createdBy === officer.id && may(officer, 'prepare');
    const tag = { kind: 'grey', text: site.sentences.waits.preparing };
    return isMine
      ? [{ to: `${base}/announcement`, text: site.sentences.desk.steps.preparing, title, tag }]
      : [];
  }
  return waitsOf(standing)
    .filter((wait) => isFor(officer, wait, standing))
    .map((wait) => ({
      to: `${base}/${pageFor[wait]}`,
      text: site.sentences.desk.steps[wait],
      title,
      tag: tagOf(visit, wait, standing),
    }));
}

function listedOf(visit: Visit, { consultation, standing }: Work): DeskListed {
  const { now, officer } = visit;
  const { opensAt, closesAt, answeredAt, number } = consultation;
  const until = standing.phase === 'upcoming' ? opensAt : standing.phase === 'open' ? closesAt : null;
  const days = until ? daysUntil(now, until) : 0;
  return {
    to: baseOf(consultation),
    title: titleOf(visit, consultation),
    number,
    mine: consultation.createdBy === officer.id,
    opensAt,
    closesAt,
    answeredAt,
    days,
    soon: days <= 3,
    received: standing.counts,
    tags: waitsOf(standing).map((wait) => tagOf(visit, wait, standing)),
  };
}

function tagOf({ site }: Visit, wait: Wait, { counts }: Standing): Tag {
  return { kind: tagKinds[wait], text: fill(site.sentences.waits[wait], { count: counts.undisposed }) };
}

function titleOf({ site }: Visit, consultation: Consultation): string {
  const { title, draftName } = consultation.announcement;
  return title || draftName || site.sentences.desk.untitled;
}
