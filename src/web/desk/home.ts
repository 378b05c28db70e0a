import type { FastifyReply } from 'fastify';
import { closeConsultations } from '../../actions/close-consultations.ts';
import { agencyConsultations, type Consultation } from '../../db/consultations.ts';
import { officersOf } from '../../db/officers.ts';
import { may } from '../../domain/officer.ts';
import { type Card, cardsOf } from './home/cards.ts';
import { type KindCount, kindCounts, kindIn } from './home/kinds.ts';
import { type DeskListed, listedIn } from './home/listed.ts';
import { type Matters, workOn } from './home/work.ts';
import { type Due, mailboxesDue } from './mail/due.ts';
import { queryOf, sendDesk } from './page.ts';
import { type Standing, standingsOf } from './standing.ts';
import type { Visit } from './visit.ts';

export interface HomePage {
  /** What waits in the agency's mailboxes and belongs to no consultation. */
  readonly mailboxes: readonly Due[];
  readonly kinds: readonly KindCount[];
  /** The kind of work that is shown alone; empty for all. */
  readonly only: string;
  readonly mine: readonly Card[];
  readonly others: readonly Card[];
  /** How many of the others are not on the page. */
  readonly othersLeft: number;
  readonly preparing: readonly DeskListed[];
  readonly upcoming: readonly DeskListed[];
  readonly open: readonly DeskListed[];
  readonly closed: readonly DeskListed[];
  readonly answered: readonly DeskListed[];
  readonly withdrawn: readonly DeskListed[];
  /** How many of the answered are not on the page. */
  readonly answeredLeft: number;
  readonly mayPrepare: boolean;
  readonly maySign: boolean;
  readonly mayManage: boolean;
  /** True when nobody but the officers who do the work could sign. */
  readonly needsApprover: boolean;
  readonly nothingYet: boolean;
}

const mostOthers = 20;
const mostAnswered = 10;

/** What is mine and due, what the agency waits for, and every consultation by how far it has come. */
export async function showHome(visit: Visit): Promise<FastifyReply> {
  const { site, officer, now } = visit;
  await closeConsultations(site.db, now);
  const consultations = await agencyConsultations(site.db, officer.agencyId);
  const matters = await mattersOf(visit, consultations);
  const officers = await officersOf(site.db, officer.agencyId);
  const people = new Map(officers.map((each) => [each.id, each]));
  const listed = (phase: Standing['phase']) => listedIn(visit, matters, people, phase);
  const answered = listed('answered');
  const page = {
    title: site.sentences.desk.home,
    crumbs: [],
    mailboxes: await mailboxesDue(visit),
    kinds: kindCounts(visit, matters, people),
    ...work(visit, cardsOf(visit, matters, people)),
    preparing: listed('draft'),
    upcoming: listed('upcoming'),
    open: listed('open'),
    closed: listed('closed'),
    answered: showsAll(visit) ? answered : answered.slice(0, mostAnswered),
    answeredLeft: showsAll(visit) ? 0 : Math.max(0, answered.length - mostAnswered),
    withdrawn: listed('withdrawn'),
    mayPrepare: may(officer, 'prepare'),
    maySign: may(officer, 'sign'),
    mayManage: may(officer, 'manageOfficers'),
    needsApprover: officers.filter(({ disabledAt }) => !disabledAt).length < 2,
    nothingYet: consultations.length === 0,
  };
  return sendDesk(visit, 'desk/home', page);
}

async function mattersOf(
  { site, officer, now }: Visit,
  consultations: readonly Consultation[],
): Promise<Matters[]> {
  const standings = await standingsOf(site, consultations, officer, now);
  return consultations.flatMap((consultation, index) => {
    const standing = standings[index];
    return standing ? [{ consultation, standing, work: workOn(consultation, standing, now) }] : [];
  });
}

function work(visit: Visit, cards: readonly Card[]) {
  const kind = kindIn(visit);
  const shown = kind ? cards.filter(({ tasks }) => tasks.some((task) => task.kind === kind)) : cards;
  const others = shown.filter(({ mine }) => !mine);
  const most = showsAll(visit) || kind ? others.length : mostOthers;
  return {
    only: kind ? visit.site.sentences.desk.kinds[kind] : '',
    mine: shown.filter(({ mine }) => mine),
    others: others.slice(0, most),
    othersLeft: Math.max(0, others.length - most),
  };
}

function showsAll({ request }: Visit): boolean {
  return queryOf(request, 'show') === 'all';
}
