import type { FastifyReply } from 'fastify';
import { type Draft, latestDraft } from '../../../db/drafts.ts';
import { enteredSubmission } from '../../../db/entered.ts';
import { draftVersion, versionsOf } from '../../../db/versions.ts';
import { commenterKinds, consents, mostComments, stances } from '../../../domain/comment.ts';
import { everyComment } from '../../../domain/comment-filter.ts';
import { enteredChannels } from '../../../domain/entry.ts';
import { type Issue, RuleBroken } from '../../../domain/issue.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice, Link } from '../../public/shapes.ts';
import { addressOf } from '../comments.ts';
import type { HintedChoice, Matter } from '../contexts.ts';
import { crumbsOf, matterOf } from '../matter.ts';
import { queryOf, sendDesk } from '../page.ts';
import { versionName } from '../versions/name.ts';
import type { ConsultationVisit } from '../visit.ts';
import { clauseList } from './clauses.ts';
import { fieldValues, type TypedEntry } from './form.ts';
import { keptScans } from './scan.ts';

/** A comment's fields, by the names they carry. */
export interface CommentFields {
  readonly number: number;
  readonly clause: string;
  readonly pick: string;
  readonly stance: string;
  readonly text: string;
  readonly proposedWording: string;
  /** Clauses to choose from where the words can mean several. */
  readonly candidates: readonly HintedChoice[];
}

export interface EntryPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly closesAt: Date | null;
  readonly channels: readonly Choice[];
  readonly commenterKinds: readonly Choice[];
  readonly consents: readonly Choice[];
  readonly stances: readonly Choice[];
  /** The published versions; none to choose from where there is one. */
  readonly versions: readonly Choice[];
  readonly clauses: readonly Choice[];
  readonly comments: readonly CommentFields[];
  readonly mayAdd: boolean;
  /** Names of the scans that came with the form so far. */
  readonly scans: readonly string[];
  /** Id of the field that has the focus; empty where the errors have it. */
  readonly focus: string;
  /** What was entered just now. */
  readonly last: Entered | null;
}

/** A submission that was entered; it is handled at `to`, and its receipt is printed at `receiptTo`. */
interface Entered extends Link {
  readonly receiptTo: string;
  readonly late: boolean;
  readonly clauses: readonly string[];
}

/** What of an entry form is shown again, and why. */
export interface EntryState {
  readonly typed: TypedEntry;
  readonly issues?: readonly Issue[];
  readonly candidates?: readonly (readonly HintedChoice[])[];
  readonly focus?: string;
  readonly status?: 200 | 422;
}

/** Sends the entry form with everything typed. */
export async function sendEntry(
  visit: ConsultationVisit,
  draft: Draft,
  state: EntryState,
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const typed = { ...state.typed, draftVersion: String(draft.version) };
  const { entryFields, pages } = sentences.desk;
  const labels = { ...sentences.fields, ...entryFields };
  const page = {
    title: pages.entry,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'entry'),
    form: formState(fieldValues(typed), inPageOrder(state.issues ?? []), sentences, labels),
    closesAt: consultation.closesAt,
    channels: choices(enteredChannels, sentences.channels),
    commenterKinds: choices(commenterKinds, sentences.commenterKinds),
    consents: choices(consents, sentences.consents),
    stances: choices(stances, sentences.stances),
    versions: await versionChoices(visit),
    clauses: clauseList(draft.clauses),
    comments: typed.comments.map((_, index) => ({
      number: index + 1,
      ...{
        clause: `clause-${index}`,
        pick: `pick-${index}`,
        stance: `stance-${index}`,
        text: `text-${index}`,
        proposedWording: `proposedWording-${index}`,
      },
      candidates: state.candidates?.[index] ?? [],
    })),
    mayAdd: typed.comments.length < mostComments,
    scans: await keptScans(visit, typed.formToken),
    focus: state.focus ?? '',
    last: await lastEntered(visit),
  };
  return sendDesk(visit, 'desk/entry', page, state.status ?? 200);
}

/** The version of the draft that a form is about; the newest one where it names none. Throws RuleBroken `notPublished`. */
export async function draftFor({ site, consultation }: ConsultationVisit, version: string): Promise<Draft> {
  const { db } = site;
  const asked = /^[1-9]\d{0,5}$/.test(version)
    ? await draftVersion(db, consultation.id, Number(version))
    : undefined;
  const draft = asked ?? (await latestDraft(db, consultation.id));
  if (!draft) throw new RuleBroken('notPublished');
  return draft;
}

// The errors are told in the order of the fields: comments stand last.
function inPageOrder(issues: readonly Issue[]): Issue[] {
  const isOfComment = ({ field }: Issue) => /-\d+$/.test(field);
  return [...issues.filter((issue) => !isOfComment(issue)), ...issues.filter(isOfComment)];
}

async function versionChoices({ site, consultation }: ConsultationVisit): Promise<Choice[]> {
  const versions = await versionsOf(site.db, consultation.id);
  if (versions.length < 2) return [];
  return versions.map(({ version }) => ({
    value: String(version),
    label: versionName(version, site.sentences),
  }));
}

async function lastEntered(visit: ConsultationVisit): Promise<EntryPage['last']> {
  const { site, consultation, request } = visit;
  const id = Number(queryOf(request, 'last')) || 0;
  const last = request.method === 'GET' && (await enteredSubmission(site.db, consultation.id, id));
  if (!last) return null;
  const first = last.comments[0]?.id ?? 0;
  return {
    to: addressOf(visit, { at: first, list: { filter: everyComment, from: first } }),
    text: last.receiptNumber,
    receiptTo: `/receipts/${encodeURIComponent(last.receiptToken)}`,
    late: last.late,
    clauses: last.comments.map(({ clause }) => clause || site.sentences.notice.wholeDraft),
  };
}

function choices<K extends string>(keys: readonly K[], words: Readonly<Record<K, string>>): Choice[] {
  return keys.map((value) => ({ value, label: words[value] }));
}
