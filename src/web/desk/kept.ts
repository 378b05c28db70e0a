import type { FastifyReply } from 'fastify';
import { fill } from '../../domain/fill.ts';
import type { Sentences } from '../../sentences.ts';
import { type FormBody, list } from '../forms.ts';
import { withoutLarge } from '../frame.ts';
import { isFromHere } from '../plugins/security.ts';
import type { Link } from '../public/shapes.ts';
import { type Call, sendDesk } from './page.ts';

/** A form that could not be taken, with every word in it. */
export interface KeptPage {
  readonly text: string;
  readonly signedIn: boolean;
  readonly signInTo: string;
  readonly kept: readonly { readonly label: string; readonly text: string }[];
  /** Sends the same form again; null where that would not help. */
  readonly again: { readonly to: string; readonly fields: readonly Field[] } | null;
  readonly back: Link;
}

interface Field {
  readonly name: string;
  readonly value: string;
}

const secret = /^(_csrf$|password|currentPassword$|code$)/;
// What goes with a form without being anybody's words.
const unspoken =
  /^((kind|level|was|seen|pick)-\d+|revision|seen|count|next|list|scope|comment|show|page|from|row|do|place|formToken|draftVersion|was|judged|mark|upTo|seenGroup)$/;

/**
 * Answers a form whose session has ended or whose state of things is past (`rule`): a page with everything that was
 * typed, in readable form, and how to go on. Status 403 or 409.
 */
export function sendKept(call: Call, why: 'sessionEnded' | keyof Sentences['rules']): Promise<FastifyReply> {
  const { request, site } = call;
  const ended = why === 'sessionEnded';
  const fields = fieldsOf((request.body ?? {}) as FormBody);
  const path = withoutLarge(request.originalUrl);
  const signedIn = request.officer !== null && isFromHere(request);
  const page = {
    ...(ended
      ? endedWords(signedIn, site.sentences)
      : { title: site.sentences.errors.stale.title, text: site.sentences.rules[why] }),
    signedIn,
    signInTo: '/desk/sign-in',
    kept: fields
      .filter(({ name, value }) => !unspoken.test(name) && value.trim() !== '')
      .map(({ name, value }) => ({
        label: labelIn(name, site.sentences),
        text: wordFor(name, value, site.sentences),
      })),
    again: ended ? { to: path, fields } : null,
    back: backTo(path, site.sentences),
  };
  return sendDesk(call, 'desk/kept', page, ended ? 403 : 409);
}

function endedWords(
  signedIn: boolean,
  { desk }: Sentences,
): { readonly title: string; readonly text: string } {
  const { title, text, sinceTitle, since } = desk.sessionEnded;
  return signedIn ? { title: sinceTitle, text: since } : { title, text };
}

function fieldsOf(body: FormBody): Field[] {
  return Object.keys(body)
    .filter((name) => !secret.test(name))
    .flatMap((name) => list(body, name).map((value) => ({ name, value })));
}

function labelIn(name: string, sentences: Sentences): string {
  const [, stem = name, index] = /^(.*?)-(\d+)$/.exec(name) ?? [];
  const rowLabels: Readonly<Record<string, string>> = sentences.desk.rowFields;
  const rowLabel = index !== undefined && rowLabels[stem];
  if (rowLabel) return `${Number(index) + 1}. ${rowLabel}`;
  const labels: Readonly<Record<string, string>> = { ...sentences.fields, ...sentences.announcementFields };
  return labels[stem] ?? stem;
}

function wordFor(name: string, value: string, sentences: Sentences): string {
  const stem = name.replace(/-\d+$/, '');
  const words = {
    kind: sentences.kinds,
    outcome: sentences.outcomes,
    role: sentences.roles,
    checked: sentences.channels,
    channel: sentences.channels,
    stance: sentences.stances,
    commenterKind: sentences.commenterKinds,
    consent: sentences.consents,
  };
  const known: Readonly<Record<string, string>> = Object.hasOwn(words, stem)
    ? words[stem as keyof typeof words]
    : {};
  return Object.hasOwn(known, value) ? (known[value] ?? value) : value;
}

// To where the thing stands that the form was about, as near as its address tells.
function backTo(path: string, { desk }: Sentences): Link {
  const [, to = '/desk', section = ''] = /^(\/desk\/consultations\/\d+)(?:\/([a-z]+))?/.exec(path) ?? [];
  if (Object.hasOwn(desk.pages, section)) {
    const page = desk.pages[section as keyof typeof desk.pages];
    return { to: `${to}/${section}`, text: fill(desk.backToPage, { page }) };
  }
  return to === '/desk' ? { to, text: desk.backToDesk } : { to, text: desk.backToConsultation };
}
