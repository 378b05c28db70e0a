import type { Sentences } from '../../sentences.ts';
import { type FormBody, line, text } from '../forms.ts';

/** What a commenter has typed so far, by field name. */
export type Typed = Readonly<Record<string, string>>;

const lines = ['clause', 'stance', 'commenterKind', 'name', 'phone', 'email', 'consent', 'captcha'];
const coded = ['stance', 'commenterKind', 'consent'] as const;
const lists = { stance: 'stances', commenterKind: 'commenterKinds', consent: 'consents' } as const;
const free = ['text', 'proposedWording', 'name', 'phone', 'email'] as const;

/** Every field of the comment form, cleaned; empty when missing. */
export function typedIn(body: FormBody): Typed {
  return {
    ...Object.fromEntries(lines.map((name) => [name, line(body, name)])),
    text: text(body, 'text'),
    proposedWording: text(body, 'proposedWording'),
    captchaId: line(body, 'captchaId'),
    work: line(body, 'work'),
    formToken: line(body, 'formToken'),
    draftVersion: line(body, 'draftVersion'),
  };
}

/** The version of the draft that the form was about, or null. */
export function versionIn({ draftVersion = '' }: Typed): number | null {
  return /^[1-9]\d{0,5}$/.test(draftVersion) ? Number(draftVersion) : null;
}

/** Every word typed and every choice made, under the form's labels, to be read and copied. Needs no database. */
export function keptWords(typed: Typed, sentences: Sentences): { label: string; text: string }[] {
  const chosen = coded.map((name) => {
    const labels: Readonly<Record<string, string>> = sentences[lists[name]];
    return { label: sentences.fields[name], text: labels[typed[name] ?? ''] ?? '' };
  });
  const written = free.map((name) => ({ label: sentences.fields[name], text: typed[name] ?? '' }));
  const isTyped = written.some((each) => each.text !== '');
  return isTyped ? [...chosen, ...written].filter((each) => each.text !== '') : [];
}
