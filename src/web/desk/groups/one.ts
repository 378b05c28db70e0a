import type { FastifyReply } from 'fastify';
import { memberIds } from '../../../db/group-members.ts';
import { type GroupOutcome, groupOutcomes } from '../../../db/group-work.ts';
import { type CommentGroup, commentGroup } from '../../../db/groups.ts';
import { lastPlacing } from '../../../db/memberships.ts';
import { noticeState } from '../../../db/notices.ts';
import { outcomes } from '../../../domain/disposition.ts';
import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { deedTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';
import { clauseNamesOf, type MemberCard, memberCards } from './members.ts';

export interface GroupPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly group: CommentGroup;
  readonly to: string;
  readonly clauses: readonly string[];
  /** About how long a deed on all of it takes, in words; empty where nobody would wonder. */
  readonly takes: string;
  /** How its standing comments are disposed of, the commonest first. */
  readonly disposed: readonly GroupOutcome[];
  /** What the page knows of the dispositions, for telling a stale one. */
  readonly mark: string;
  readonly outcomes: readonly Choice[];
  readonly cards: readonly MemberCard[];
  readonly chosen: readonly number[];
  readonly closed: boolean;
  readonly signed: boolean;
  readonly mayGroup: boolean;
  readonly mayDispose: boolean;
  /** The last row by which a comment was put anywhere, as the page knows it. */
  readonly placings: number;
  /** Which form was made for an older state of things; empty for none. */
  readonly stale: GroupForm | '';
  readonly next: string;
  readonly first: string;
}

/** The forms of the page. */
export type GroupForm = 'disposition' | 'members' | 'adding' | 'dissolution';

/** What came back from one of the forms. */
export interface GroupState {
  readonly typed?: Readonly<Record<string, string>>;
  readonly chosen?: readonly number[];
  readonly issues?: readonly Issue[];
  readonly stale?: GroupForm;
}

const perPage = 50;

/** One confirmed group: its comments, and one disposition for all of them. */
export async function showGroup(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendGroup(visit, {});
}

/** The group that the address names, with what came back from a form. */
export async function sendGroup(visit: ConsultationVisit, state: GroupState): Promise<FastifyReply> {
  const { site, request, consultation, officer } = visit;
  const group = await commentGroup(site.db, consultation.id, idIn(request, 'group') ?? 0);
  if (!group) return sendNotFound(visit);
  const { desk } = site.sentences;
  const groupsTo = `${baseOf(consultation)}/groups`;
  const to = `${groupsTo}/${group.id}`;
  const after = Number(queryOf(request, 'after')) || 0;
  const ids = await memberIds(site.db, group.id, after, perPage + 1);
  const [sample = 0] = await memberIds(site.db, group.id, 0, 1);
  const { outcomes: disposed, mark } = await groupOutcomes(site.db, {
    id: group.id,
    consultationId: consultation.id,
  });
  const signed = (await noticeState(site.db, consultation.id))?.signing?.verdict === 'signed';
  const closed = consultation.closedAt !== null;
  const [alike] = disposed.length === 1 ? disposed : [];
  const saved = { outcome: alike?.outcome ?? '', reason: alike?.reason ?? '' };
  const page = {
    title: fill(desk.group, { number: group.number }),
    crumbs: [...crumbsOf(visit), { to: groupsTo, text: desk.pages.groups }],
    matter: matterOf(visit, 'groups'),
    form: formState({ ...saved, ...state.typed }, state.issues ?? [], site.sentences),
    ...{ group, to, disposed, mark, closed, signed },
    clauses: await clauseNamesOf(visit, group.clauseIds),
    outcomes: outcomes.map((value) => ({ value, label: site.sentences.outcomes[value] })),
    cards: await memberCards(visit, ids.slice(0, perPage), sample),
    chosen: state.chosen ?? [],
    mayGroup: may(officer, 'group') && !signed && group.members > 0,
    mayDispose: may(officer, 'dispose') && closed && !signed && disposed.length > 0,
    takes: deedTakes(group.members, site.sentences),
    placings: await lastPlacing(site.db),
    stale: state.stale ?? ('' as const),
    next: ids.length > perPage ? `${to}?after=${ids[perPage - 1]}` : '',
    first: after > 0 ? to : '',
  };
  return sendDesk(visit, 'desk/group', page, state.stale ? 409 : state.issues ? 422 : 200);
}
