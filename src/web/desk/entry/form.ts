import { type CommentInput, mostComments, type SubmissionInput } from '../../../domain/comment.ts';
import type { ArrivalInput } from '../../../domain/entry.ts';
import { type FormBody, line, text } from '../../forms.ts';

/** One comment as typed: `clause` are words, `pick` the address chosen where they can mean several clauses. */
export interface TypedComment {
  readonly clause: string;
  readonly pick: string;
  readonly stance: string;
  readonly text: string;
  readonly proposedWording: string;
}

/** The entry form as typed, cleaned; at least one comment. */
export interface TypedEntry extends ArrivalInput, Omit<SubmissionInput, 'comments'> {
  readonly formToken: string;
  readonly draftVersion: string;
  readonly comments: readonly TypedComment[];
}

/** A comment not yet typed; what nobody said about it is 其他. */
export const blankComment: TypedComment = {
  ...{ clause: '', pick: '', stance: 'other', text: '', proposedWording: '' },
};

/**
 * A form not yet typed. Nobody's name is published without being asked for it; that a sender does not want the words
 * published is not supposed, either.
 */
export function blankEntry(kept: Pick<TypedEntry, 'channel' | 'receivedOn'>, formToken: string): TypedEntry {
  return {
    ...kept,
    ...{ postmarkedOn: '', name: '', phone: '', email: '', formToken, draftVersion: '' },
    commenterKind: 'individual',
    consent: 'withoutName',
    comments: [blankComment],
  };
}

const lines = [
  'channel',
  'receivedOn',
  'postmarkedOn',
  'commenterKind',
  'name',
  'phone',
  'email',
  'consent',
  'formToken',
  'draftVersion',
] as const;

/** The form of a request. Comments in which nothing was typed are passed over. */
export function typedEntry(body: FormBody): TypedEntry {
  const typed = Object.fromEntries(lines.map((name) => [name, line(body, name)]));
  const comments = numbersIn(body).map((number) => ({
    clause: line(body, `clause-${number}`),
    pick: line(body, `pick-${number}`),
    stance: line(body, `stance-${number}`),
    text: text(body, `text-${number}`),
    proposedWording: text(body, `proposedWording-${number}`),
  }));
  const written = comments.filter(
    (comment) => comment.clause + comment.text + comment.proposedWording !== '',
  );
  return {
    ...(typed as Omit<TypedEntry, 'comments'>),
    comments: written.length > 0 ? written : [comments[0] ?? blankComment],
  };
}

/** Every field of the form with its name; the fields of comments carry their index. */
export function fieldValues({ comments, ...values }: TypedEntry): Record<string, string> {
  const numbered = comments.flatMap((comment, index) =>
    Object.entries(comment).map(([name, value]) => [`${name}-${index}`, value]),
  );
  return { ...values, ...Object.fromEntries(numbered) };
}

/** A submission as it is judged, its comments on these addresses. */
export function submissionInput(typed: TypedEntry, addresses: readonly string[]): SubmissionInput {
  const { commenterKind, name, phone, email, consent } = typed;
  const comments = typed.comments.map(
    ({ stance, text, proposedWording }, index): CommentInput => ({
      ...{ clause: addresses[index] ?? '', stance, text, proposedWording },
      quotation: null,
    }),
  );
  return { comments, commenterKind, name, phone, email, consent };
}

function numbersIn(body: FormBody): number[] {
  const numbers = Object.keys(body).map((name) =>
    Number(/^(?:clause|text|proposedWording)-(\d{1,3})$/.exec(name)?.[1] ?? -1),
  );
  const last = Math.min(Math.max(0, ...numbers), mostComments - 1);
  return Array.from({ length: last + 1 }, (_, number) => number);
}
