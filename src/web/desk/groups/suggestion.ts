import type { FastifyReply } from 'fastify';
import { confirmGroup, setSuggestionAside } from '../../../actions/confirm-group.ts';
import { deskCommentsWith } from '../../../db/comments.ts';
import { openSuggestion, type Suggestion, suggestedIds } from '../../../db/groups.ts';
import { labelFrom, labelIssues } from '../../../domain/groups/group-form.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { type FormBody, type FormState, formState, line, list, raw } from '../../forms.ts';
import type { Link } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { deedTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, idIn, queryOf, sendDesk, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { clauseNamesOf, type MemberCard, memberCards } from './members.ts';

export interface SuggestionPage {
  readonly matter: Matter;
  readonly form: FormState;
  /** Null when it was decided or searched anew: nothing can be confirmed any more. */
  readonly suggestion: Suggestion | null;
  readonly to: string;
  readonly groupsTo: string;
  readonly clauses: readonly string[];
  /** About how long confirming it takes, in words; empty where nobody would wonder. */
  readonly takes: string;
  readonly joins: Link | null;
  readonly cards: readonly MemberCard[];
  readonly struck: readonly number[];
  readonly mayGroup: boolean;
  readonly next: string;
  readonly first: string;
}

const perPage = 50;

/** Comments that the program suggests to confirm as one group, each with what differs from the commonest words. */
export async function showSuggestion(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendSuggestion(visit, {});
}

/** Confirms a suggestion, in whole or without those struck on the page, or sets it aside. */
export async function takeSuggestion(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const { searchId, position } = placeIn(visit);
  const seen = { officer, consultationId: consultation.id, searchId, position };
  const groupsTo = `${baseOf(consultation)}/groups`;
  const struck = list(body, 'struck').flatMap((id) => Number(id) || []);
  const label = line(body, 'groupLabel');
  if (raw(body, 'do') === 'aside') {
    const isStale = await wentStale(setSuggestionAside(site.db, seen, now));
    return isStale
      ? sendSuggestion(visit, { label, struck, status: 409 })
      : goTo(visit, `${groupsTo}?done=groupSetAside`);
  }
  const suggestion = await openSuggestion(site.db, consultation.id, seen);
  const issues = suggestion ? issuesOf(suggestion, label, struck) : [];
  if (issues.length > 0) return sendSuggestion(visit, { label, struck, issues, status: 422 });
  const deed = confirmGroup(site.db, { ...seen, label, struck }, now);
  if (await wentStale(deed)) return sendSuggestion(visit, { label, struck, status: 409 });
  return goTo(visit, `${groupsTo}/${await deed}?done=groupConfirmed`);
}

function issuesOf({ size, joins }: Suggestion, label: string, struck: readonly number[]): Issue[] {
  const left = size - struck.length;
  const tooFew: Issue[] = left < (joins ? 1 : 2) ? [{ field: 'members', key: 'tooFewLeft' }] : [];
  return [...(joins ? [] : labelIssues(label)), ...tooFew];
}

interface SuggestionState {
  readonly label?: string;
  readonly struck?: readonly number[];
  readonly issues?: readonly Issue[];
  readonly status?: 409 | 422;
}

async function sendSuggestion(visit: ConsultationVisit, state: SuggestionState): Promise<FastifyReply> {
  const { site, request, consultation, officer } = visit;
  const place = placeIn(visit);
  const suggestion = await openSuggestion(site.db, consultation.id, place);
  if (!suggestion && state.status !== 409) return sendNotFound(visit);
  const groupsTo = `${baseOf(consultation)}/groups`;
  const to = `${groupsTo}/suggestions/${place.searchId}/${place.position}`;
  const after = Number(queryOf(request, 'after')) || 0;
  const ids = suggestion ? await suggestedIds(site.db, suggestion, after, perPage + 1) : [];
  const label = state.label ?? (suggestion ? await sampleLabel(visit, suggestion.sampleId) : '');
  const page = {
    title: site.sentences.desk.suggestedGroup,
    crumbs: [...crumbsOf(visit), { to: groupsTo, text: site.sentences.desk.pages.groups }],
    matter: matterOf(visit, 'groups'),
    form: formState({ groupLabel: label }, state.issues ?? [], site.sentences),
    ...{ suggestion: suggestion ?? null, to, groupsTo, struck: state.struck ?? [] },
    clauses: await clauseNamesOf(visit, suggestion?.clauseIds ?? []),
    joins: suggestion?.joins
      ? { to: `${groupsTo}/${suggestion.joins.id}`, text: suggestion.joins.label }
      : null,
    cards: await memberCards(visit, ids.slice(0, perPage), suggestion?.sampleId ?? 0),
    takes: deedTakes(suggestion?.size ?? 0, site.sentences),
    mayGroup: may(officer, 'group'),
    next: ids.length > perPage ? `${to}?after=${ids[perPage - 1]}` : '',
    first: after > 0 ? to : '',
  };
  return sendDesk(visit, 'desk/group-suggestion', page, state.status ?? 200);
}

async function sampleLabel({ site }: ConsultationVisit, id: number): Promise<string> {
  const [sample] = await deskCommentsWith(site.db, [id]);
  return labelFrom(sample?.text ?? '');
}

function placeIn({ request }: ConsultationVisit): { readonly searchId: number; readonly position: number } {
  const { position = '' } = request.params as Readonly<Record<string, string>>;
  return {
    searchId: idIn(request, 'search') ?? 0,
    position: /^\d{1,9}$/.test(position) ? Number(position) : -1,
  };
}
