import { fill } from '../domain/fill.ts';
import type { Issue } from '../domain/issue.ts';
import { cleanLine, cleanText } from '../domain/text.ts';
import type { Sentences } from '../sentences.ts';

/** A form as @fastify/formbody gives it; a repeated name is a list. */
export type FormBody = Readonly<Record<string, string | readonly string[] | undefined>>;

/** One entry of the error summary; `field` is the id of the control it links to. */
export interface FormError {
  readonly field: string;
  readonly sentence: string;
}

/** What a form page needs to show what was typed and what is wrong with it. */
export interface FormState {
  readonly values: Readonly<Record<string, string>>;
  readonly errors: readonly FormError[];
  /** The first sentence for each field with an error. */
  readonly errorFor: Readonly<Record<string, string>>;
}

/** A single-line field, cleaned; empty when missing. */
export function line(body: FormBody, name: string): string {
  return cleanLine(raw(body, name));
}

/** A field of several lines, cleaned; empty when missing. */
export function text(body: FormBody, name: string): string {
  return cleanText(raw(body, name));
}

/** A field exactly as typed (passwords); the last one wins when a name is repeated. */
export function raw(body: FormBody, name: string): string {
  const value = body[name];
  return (Array.isArray(value) ? value.at(-1) : (value as string | undefined)) ?? '';
}

/** All values of a name (checkboxes). */
export function list(body: FormBody, name: string): string[] {
  const value = body[name];
  if (value === undefined) return [];
  return typeof value === 'string' ? [value] : [...value];
}

/** What the fields of a form are called in sentences about them. */
export type Labels = Readonly<Record<string, string>>;

/** The state of a form: what was typed, and a sentence for each issue. */
export function formState(
  values: Readonly<Record<string, string>>,
  issues: readonly Issue[],
  sentences: Sentences,
  labels: Labels = sentences.fields,
): FormState {
  const errors = issues.map((issue) => ({
    field: issue.field,
    sentence: sentenceFor(issue, sentences, labels),
  }));
  const errorFor = Object.fromEntries([...errors].reverse().map((error) => [error.field, error.sentence]));
  return { values, errors, errorFor };
}

/** The sentence that tells a person what to put right. Throws an Error when there is none for its key. */
export function sentenceFor(issue: Issue, sentences: Sentences, labels: Labels = sentences.fields): string {
  const template = (sentences.issues as Labels)[issue.key];
  if (template === undefined) throw new Error(`no sentence for the issue ${issue.key}`);
  const field = issue.field.replace(/-\d+$/, '');
  return fill(template, { label: labels[field] ?? field, ...issue.values });
}
