import { mostComments } from '../../../domain/comment.ts';
import { type FormBody, line, text } from '../../forms.ts';

/** One comment as typed, cleaned; empty where nothing was typed. */
export interface TypedComment {
  readonly clause: string;
  readonly stance: string;
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
}

/** What a commenter has typed on all pages so far. The pages carry it from one to the next; the server keeps nothing. */
export interface Basket {
  readonly comments: readonly TypedComment[];
  /** The comment on the page for writing, by index; null on other pages. */
  readonly editing: number | null;
  /** The comment that was deleted last, to be brought back. */
  readonly removed: TypedComment | null;
  /** The fields that stand once in a form: the commenter, the proof, the form itself. */
  readonly fields: Readonly<Record<string, string>>;
}

const ofCommenter = ['commenterKind', 'name', 'phone', 'email', 'consent'] as const;
const ofProof = ['captchaId', 'captcha', 'work', 'proofEmail'] as const;
const ofForm = ['formToken', 'draftVersion', 'attachments'] as const;
const ofOnce = [...ofCommenter, ...ofProof, ...ofForm];
const ofComment = ['clause', 'stance', 'text', 'proposedWording', 'quotation'] as const;

/** The basket in a form. Comments are taken while their fields are there, one more than a submission carries at most. */
export function basketIn(body: FormBody): Basket {
  const all: TypedComment[] = [];
  while (all.length <= mostComments && hasComment(body, all.length)) all.push(commentIn(body, all.length));
  const removed = indexIn(line(body, 'removed'), all.length);
  const comments = all.filter((_, index) => index !== removed);
  return {
    comments,
    editing: indexIn(line(body, 'editing'), comments.length),
    removed: removed === null ? null : (all[removed] ?? null),
    fields: fieldsIn(body),
  };
}

function fieldsIn(body: FormBody): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const name of ofOnce) fields[name] = line(body, name);
  return fields;
}

function hasComment(body: FormBody, index: number): boolean {
  const names = namesAt(index);
  return ofComment.some((name) => body[names[name]] !== undefined);
}

function commentIn(body: FormBody, index: number): TypedComment {
  const names = namesAt(index);
  return {
    clause: line(body, names.clause),
    stance: line(body, names.stance),
    text: text(body, names.text),
    proposedWording: text(body, names.proposedWording),
    quotation: text(body, names.quotation),
  };
}

type Names = Readonly<Record<(typeof ofComment)[number], string>>;

/** What the fields of the comment at an index are called in the form. */
export function namesAt(index: number): Names {
  return known[index] ?? namesOf(index);
}

function namesOf(index: number): Names {
  return {
    clause: `clause-${index}`,
    stance: `stance-${index}`,
    text: `text-${index}`,
    proposedWording: `proposedWording-${index}`,
    quotation: `quotation-${index}`,
  };
}

const known = Array.from({ length: mostComments + 2 }, (_, index) => namesOf(index));

/** The index that was sent, if there are so many; else null. */
export function indexIn(sent: string, count: number): number | null {
  return /^\d{1,3}$/.test(sent) && Number(sent) < count ? Number(sent) : null;
}

/** Every field of a basket by its name in the form. */
export function fieldsOf({ comments, editing, removed, fields }: Basket): Record<string, string> {
  const all = removed ? [...comments, removed] : comments;
  const ofAll = all.flatMap((comment, index) =>
    ofComment.map((name) => [`${name}-${index}`, comment[name]] as const),
  );
  return {
    ...fields,
    ...Object.fromEntries(ofAll),
    editing: editing === null ? '' : String(editing),
    removed: removed ? String(comments.length) : '',
  };
}

/** The version of the draft that the basket is about, or null. */
export function versionIn({ fields }: Basket): number | null {
  const { draftVersion = '' } = fields;
  return /^[1-9]\d{0,5}$/.test(draftVersion) ? Number(draftVersion) : null;
}

/** A basket with one more comment, on this clause, to be written now. */
export function withComment(basket: Basket, clause: string): Basket {
  const comment = { clause, stance: '', text: '', proposedWording: '', quotation: '' };
  return { ...basket, comments: [...basket.comments, comment], editing: basket.comments.length };
}

/** The comment that is being written stands on another clause, with all its words. */
export function moved(basket: Basket, clause: string): Basket {
  const at = (comment: TypedComment, index: number) =>
    index === basket.editing ? { ...comment, clause } : comment;
  return { ...basket, comments: basket.comments.map(at) };
}

/** A basket without one comment, which can be brought back. */
export function without(basket: Basket, index: number): Basket {
  const comments = basket.comments.filter((_, each) => each !== index);
  return { ...basket, comments, editing: null, removed: basket.comments[index] ?? null };
}

/** The comment that was deleted last is back, at the end. */
export function restored({ removed, ...basket }: Basket): Basket {
  const comments = removed ? [...basket.comments, removed] : basket.comments;
  return { ...basket, comments, removed: null };
}

/** A basket without the comment being written, if nothing was typed for it. */
export function withoutEmpty(basket: Basket): Basket {
  const { editing, comments } = basket;
  const comment = editing === null ? undefined : comments[editing];
  if (!comment || comment.stance + comment.text + comment.proposedWording + comment.quotation !== '')
    return basket;
  return { ...basket, comments: comments.filter((each) => each !== comment), editing: null };
}
