import { type DeskComment, deskCommentsWith } from '../../../db/comments.ts';
import { clausesOf } from '../../../db/drafts.ts';
import { commentsToConfirm } from '../../../db/guessed-clauses.ts';
import { versionsOf } from '../../../db/versions.ts';
import { fill } from '../../../domain/fill.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { type FormState, formState } from '../../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../../pager.ts';
import type { Choice } from '../../public/shapes.ts';
import type { HintedChoice } from '../contexts.ts';
import { clauseList } from '../entry/clauses.ts';
import { queryOf } from '../page.ts';
import { commentAddress } from '../received/one.ts';
import { versionName } from '../versions/name.ts';
import type { ConsultationVisit } from '../visit.ts';

/** A comment whose clause is a guess. */
export interface GuessedComment {
  readonly id: number;
  readonly receiptNumber: string;
  readonly commenter: string;
  readonly receivedAt: Date;
  readonly late: boolean;
  /** Its first words. */
  readonly text: string;
  /** The page of the comment alone. */
  readonly to: string;
  /** What was guessed, as a sentence; empty for the whole draft. */
  readonly guess: string;
  /** The version it is on; empty while there is one only. */
  readonly version: string;
  /** Names of its fields, and of the list that one of them offers. */
  readonly clause: string;
  readonly pick: string;
  readonly list: string;
  /** Clauses to choose from where the words can mean several. */
  readonly candidates: readonly HintedChoice[];
}

export interface GuessedList {
  readonly form: FormState;
  readonly count: number;
  readonly comments: readonly GuessedComment[];
  /** Goes with the form, so that it comes back to the same part of the list. */
  readonly page: number;
  readonly pages: readonly PageOf[];
  readonly lists: readonly { readonly id: string; readonly clauses: readonly Choice[] }[];
  readonly mayConfirm: boolean;
}

/** What was typed about clauses, by field, and what is wrong with it. */
export interface TypedClauses {
  readonly page: string;
  readonly values: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
  readonly candidates: ReadonlyMap<number, readonly HintedChoice[]>;
  readonly isStale: boolean;
}

const perPage = 20;

/** A part of the comments whose clause waits to be confirmed. */
export async function guessedList(
  visit: ConsultationVisit,
  base: string,
  typed: TypedClauses | null,
): Promise<GuessedList> {
  const { site, consultation, officer, request } = visit;
  const ids = await commentsToConfirm(site.db, consultation.id);
  const last = Math.max(1, Math.ceil(ids.length / perPage));
  const page = pageWithin(typed?.page ?? queryOf(request, 'guessed'), last);
  const comments = await deskCommentsWith(site.db, ids.slice((page - 1) * perPage, page * perPage));
  const guesses = Object.fromEntries(comments.map(({ id, clauseLabel }) => [`clause-${id}`, clauseLabel]));
  const versions = await versionNames(visit);
  return {
    form: formState({ ...guesses, ...typed?.values }, typed?.issues ?? [], site.sentences),
    count: ids.length,
    comments: comments.map((comment) => ({
      ...shown(visit, comment),
      version: versions.get(comment.draftId) ?? '',
      candidates: typed?.candidates.get(comment.id) ?? [],
    })),
    page,
    // Two lists are on the page; each goes through its own parts.
    pages: pagesOf(base, page, last).map((each) => ({
      ...each,
      ...(each.to ? { to: each.to.replace('page=', 'guessed=') } : {}),
    })),
    lists: await listsFor(visit, comments),
    mayConfirm: may(officer, 'enter'),
  };
}

function shown(visit: ConsultationVisit, comment: DeskComment) {
  const { id, receiptNumber, name, commenterKind, receivedAt, late, text, draftId, clauseLabel } = comment;
  return {
    ...{ id, receiptNumber, receivedAt, late },
    text: firstWords(text),
    commenter: name || visit.site.sentences.notice.anonymous[commenterKind],
    to: commentAddress(visit, { id, list: '' }),
    guess: clauseLabel && fill(visit.site.sentences.desk.clauseGuessed, { clause: clauseLabel }),
    clause: `clause-${id}`,
    pick: `pick-${id}`,
    list: listOf(draftId),
  };
}

const mostWords = 300;

function firstWords(text: string): string {
  const words = [...text.slice(0, 2 * mostWords + 2)];
  return words.length > mostWords ? `${words.slice(0, mostWords).join('')}……` : text;
}

async function versionNames({ site, consultation }: ConsultationVisit): Promise<Map<number, string>> {
  const versions = await versionsOf(site.db, consultation.id);
  if (versions.length < 2) return new Map();
  return new Map(versions.map(({ id, version }) => [id, versionName(version, site.sentences)]));
}

async function listsFor({ site }: ConsultationVisit, comments: readonly DeskComment[]) {
  const lists: { readonly id: string; readonly clauses: readonly Choice[] }[] = [];
  for (const draftId of new Set(comments.map((comment) => comment.draftId)))
    lists.push({ id: listOf(draftId), clauses: clauseList(await clausesOf(site.db, draftId)) });
  return lists;
}

function listOf(draftId: number): string {
  return `clauses-${draftId}`;
}
