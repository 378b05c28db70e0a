import type { Attachment } from '../../db/attachments.ts';
import type { DeskComment } from '../../db/comments.ts';
import type { Clause } from '../../db/drafts.ts';
import type { RedactionEntry, Screenable, ScreeningEntry } from '../../db/screenings.ts';
import type { Stance } from '../../domain/comment.ts';
import type { Outcome } from '../../domain/disposition.ts';
import type { ScreeningState } from '../../domain/screening.ts';
import type { Sentences } from '../../sentences.ts';
import { type AttachmentLink, attachmentLinks } from '../attachments/links.ts';
import { type FormState, formState } from '../forms.ts';
import type { Tag } from './contexts.ts';
import type { GroupLink } from './groups/of-comment.ts';
import { type HistoryLine, historyOf } from './received/history.ts';
import type { MarkedWords, Reading } from './received/reading.ts';

/** One comment as staff read it, with its disposition form. */
export interface CommentCard {
  readonly id: number;
  readonly receiptNumber: string;
  readonly stance: Stance;
  readonly words: MarkedWords;
  /** How many characters in it would deceive the eye. */
  readonly hidden: number;
  /** True where passages are covered in what is published. */
  readonly redacted: boolean;
  /** True where what would be published holds personal numbers. */
  readonly holdsNumbers: boolean;
  readonly attachments: readonly AttachmentLink[];
  /** The confirmed group that it is in. */
  readonly group: GroupLink | null;
  /** The assignment that counts; null while it is nobody's. */
  readonly assigned: HistoryLine | null;
  readonly channel: string;
  readonly receivedAt: Date;
  /** Dated at the closing or after it: counted apart, without a disposition. */
  readonly late: boolean;
  readonly withdrawn: boolean;
  /** Name, or 个人 or 单位; shown at the desk only. */
  readonly commenter: string;
  readonly contact: string;
  readonly consent: string;
  readonly screening: ScreeningState;
  readonly screeningTag: Tag;
  /** Id of the screening the page shows, 0 for none. */
  readonly seenScreening: number;
  readonly history: readonly HistoryLine[];
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** Id of the disposition the page shows, 0 for none. */
  readonly seen: number;
  readonly saved: boolean;
  /** The disposition form; null where this officer may not dispose of it, or not any more. */
  readonly form: FormState | null;
  readonly outcomeField: string;
  readonly reasonField: string;
  readonly templateField: string;
  /** Where it stands on the newest version; empty while there is no other. */
  readonly place: string;
  /** Where an officer puts it on another clause; empty where there is nothing to put. */
  readonly placeTo: string;
  /** True when somebody else decided in the meantime: the words of the form are not theirs. */
  readonly stale: boolean;
}

/** Comments on one clause, or on the whole draft. */
export interface CommentGroup {
  /** Unique on the page. */
  readonly id: string;
  readonly heading: string;
  readonly paragraphs: readonly string[];
  readonly cards: readonly CommentCard[];
}

/** What is known of a comment beside itself. */
export interface Around {
  readonly reading: Screenable & Reading;
  readonly screenings: readonly ScreeningEntry[];
  readonly redactions: readonly RedactionEntry[];
  readonly attachments: readonly Attachment[];
  readonly group: GroupLink | null;
  /** Whose it was and is, oldest first. */
  readonly assignments: readonly HistoryLine[];
  readonly isAssigned: boolean;
  /** The address of its consultation at the desk. */
  readonly base: string;
}

const tagKinds: Readonly<Record<ScreeningState, string>> = { waiting: 'amber', shown: 'blue', hidden: 'red' };

/** Cards by clause, in the order given; `nameOf` says what a clause is called. */
export function groupCards(
  comments: readonly DeskComment[],
  clauses: readonly Clause[],
  sentences: Sentences,
  nameOf: (clause: Clause) => string,
  cardOf: (comment: DeskComment) => CommentCard,
): CommentGroup[] {
  const groups = new Map<number | null, CommentCard[]>();
  for (const comment of comments)
    groups.set(comment.clauseId, [...(groups.get(comment.clauseId) ?? []), cardOf(comment)]);
  return [...groups].map(([clauseId, cards]) => {
    const clause = clauses.find((each) => each.id === clauseId);
    return {
      id: clause ? String(clause.id) : 'whole-draft',
      heading: clause ? nameOf(clause) : sentences.notice.wholeDraft,
      paragraphs: clause ? clause.text.split('\n').filter((line) => line.trim() !== '') : [],
      cards,
    };
  });
}

/** A card without a form. */
export function plainCard(comment: DeskComment, around: Around, sentences: Sentences): CommentCard {
  const { id, outcome, reason, dispositionId: seen } = comment;
  const { receiptNumber, stance, receivedAt, late, withdrawn } = comment;
  const { reading, screenings, redactions, attachments, group, base } = around;
  const screening = screenings.at(-1)?.verdict ?? 'waiting';
  const { marked: words, hidden, redacted, holdsNumbers, screeningId: seenScreening } = reading;
  return {
    ...{ id, receiptNumber, stance, words, hidden, redacted, holdsNumbers, seenScreening },
    ...{ group, receivedAt, late, withdrawn, outcome, reason, seen },
    assigned: (around.isAssigned && around.assignments.at(-1)) || null,
    attachments: attachmentLinks(base, attachments),
    channel: sentences.channels[comment.channel],
    commenter: comment.name || sentences.notice.anonymous[comment.commenterKind],
    contact: [comment.phone, comment.email].filter((each) => each !== '').join('，'),
    consent: sentences.consents[comment.consent],
    screening,
    screeningTag: { kind: tagKinds[screening], text: sentences.screenings[screening] },
    history: historyOf(screenings, redactions, sentences),
    saved: false,
    form: null,
    outcomeField: `outcome-${id}`,
    reasonField: `reason-${id}`,
    templateField: `template-${id}`,
    place: '',
    placeTo: '',
    stale: false,
  };
}

/** A disposition form as typed or saved, its fields named for one comment among many. */
export function dispositionForm(
  id: number,
  values: { readonly outcome: string; readonly reason: string },
  issues: Parameters<typeof formState>[1],
  sentences: Sentences,
): FormState {
  const { errors, errorFor } = formState({ ...values }, issues, sentences);
  const named = (field: string) => `${field}-${id}`;
  return {
    values: { [named('outcome')]: values.outcome, [named('reason')]: values.reason },
    errors: errors.map(({ field, sentence }) => ({ field: named(field), sentence })),
    errorFor: Object.fromEntries(
      Object.entries(errorFor).map(([field, sentence]) => [named(field), sentence]),
    ),
  };
}
