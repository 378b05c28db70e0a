import type { FastifyReply } from 'fastify';
import { searchGroups } from '../../../actions/search-groups.ts';
import { deskCommentsWith } from '../../../db/comments.ts';
import { isPublished } from '../../../db/consultations.ts';
import { memberIds } from '../../../db/group-members.ts';
import {
  type CommentGroup,
  type GroupSearch,
  groupSearches,
  groupsFrom,
  type Suggestion,
  suggestedIds,
  suggestionsFrom,
} from '../../../db/groups.ts';
import { noticeState } from '../../../db/notices.ts';
import { may } from '../../../domain/officer.ts';
import type { Run } from '../../../domain/versions/diff.ts';
import type { Link } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, queryOf, sendDesk } from '../page.ts';
import { type Progress, progressOf } from '../progress.ts';
import type { ConsultationVisit } from '../visit.ts';
import { clauseNamesOf, memberCards } from './members.ts';

export interface GroupsPage {
  readonly matter: Matter;
  readonly search: GroupSearch | undefined;
  /** Null where no search is under way. */
  readonly progress: Progress | null;
  readonly mayGroup: boolean;
  readonly signed: boolean;
  readonly suggestions: readonly SuggestionRow[];
  /** The next page of suggestions; empty on the last. */
  readonly moreSuggestions: string;
  readonly groups: readonly GroupRow[];
  /** The next page of confirmed groups; empty on the last. */
  readonly moreGroups: string;
  /** Back to the first page; empty there. */
  readonly first: string;
}

/** A suggestion with a sample and how one of the others differs from it. */
export interface SuggestionRow {
  readonly to: string;
  readonly size: number;
  readonly clauses: readonly string[];
  readonly joins: Link | null;
  readonly sample: string;
  /** Empty where all those looked at say the same. */
  readonly differs: readonly Run[];
}

/** A confirmed group with a sample of what it says. */
export interface GroupRow {
  readonly to: string;
  readonly number: number;
  readonly label: string;
  readonly members: number;
  readonly clauses: readonly string[];
  readonly sample: string;
  readonly officerName: string;
  readonly createdAt: Date;
}

const perPage = 10;
const lookedAt = 4;
const longestSample = 200;

/** The groups of alike comments: what the program suggests, and what was confirmed. */
export async function showGroups(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, consultation, officer } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const { latest, done } = await groupSearches(site.db, consultation.id);
  const from = (name: string, first: number) => Number(queryOf(request, name)) || first;
  const suggestions = done ? await suggestionsFrom(site.db, done.id, from('suggestion', 0), perPage + 1) : [];
  const groups = await groupsFrom(site.db, consultation.id, from('group', 2 ** 31 - 1), perPage + 1);
  const signed = (await noticeState(site.db, consultation.id))?.signing?.verdict === 'signed';
  const here = `${baseOf(consultation)}/groups`;
  const [nextSuggestion, nextGroup] = [suggestions[perPage], groups[perPage]];
  const page = {
    title: site.sentences.desk.pages.groups,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'groups'),
    search: latest,
    progress: latest?.state === 'waiting' ? searching(visit, here, latest.percent) : null,
    ...{ signed, mayGroup: may(officer, 'group') && !signed },
    suggestions: await rowsOf(suggestions, (each) => suggestionRow(visit, each)),
    moreSuggestions: nextSuggestion ? `${here}?suggestion=${nextSuggestion.position}#suggestions` : '',
    groups: await rowsOf(groups, (each) => groupRow(visit, each)),
    moreGroups: nextGroup ? `${here}?group=${nextGroup.number}#confirmed` : '',
    first: queryOf(request, 'suggestion') || queryOf(request, 'group') ? here : '',
  };
  return sendDesk(visit, 'desk/groups', page);
}

/** Lets the background search anew. */
export async function takeGroupSearch(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  await searchGroups(site.db, { officer, consultationId: consultation.id }, now);
  return goTo(visit, `${baseOf(consultation)}/groups`);
}

function searching(visit: ConsultationVisit, here: string, percent: number): Progress {
  const words = visit.site.sentences.desk.progress.percent;
  return progressOf(visit, here, { done: percent, total: 100, words });
}

async function rowsOf<T, R>(all: readonly T[], row: (one: T) => Promise<R>): Promise<R[]> {
  const rows: R[] = [];
  for (const one of all.slice(0, perPage)) rows.push(await row(one));
  return rows;
}

async function suggestionRow(visit: ConsultationVisit, suggestion: Suggestion): Promise<SuggestionRow> {
  const { site, consultation } = visit;
  const { searchId, position, size, sampleId, joins } = suggestion;
  const ids = await suggestedIds(site.db, suggestion, 0, lookedAt);
  const cards = await memberCards(visit, ids, sampleId);
  const other = cards.find(({ runs }) => runs.some(({ kind }) => kind !== 'kept'));
  const here = `${baseOf(consultation)}/groups`;
  return {
    to: `${here}/suggestions/${searchId}/${position}`,
    ...{ size, sample: await sampleText(visit, sampleId), differs: other?.runs ?? [] },
    clauses: await clauseNamesOf(visit, suggestion.clauseIds),
    joins: joins && { to: `${here}/${joins.id}`, text: joins.label },
  };
}

async function groupRow(visit: ConsultationVisit, group: CommentGroup): Promise<GroupRow> {
  const { number, label, members, officerName, createdAt } = group;
  const [first = 0] = await memberIds(visit.site.db, group.id, 0, 1);
  return {
    to: `${baseOf(visit.consultation)}/groups/${group.id}`,
    ...{ number, label, members, officerName, createdAt },
    sample: await sampleText(visit, first),
    clauses: await clauseNamesOf(visit, group.clauseIds),
  };
}

async function sampleText({ site }: ConsultationVisit, id: number): Promise<string> {
  const [comment] = await deskCommentsWith(site.db, [id]);
  const all = [...(comment?.text ?? '')];
  return all.length > longestSample ? `${all.slice(0, longestSample).join('')}…` : all.join('');
}
