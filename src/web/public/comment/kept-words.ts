import type { Sentences } from '../../../sentences.ts';
import type { Basket, TypedComment } from './basket.ts';
import type { KeptWords } from './contexts.ts';

type Words = KeptWords['words'];

/**
 * Every word typed and every choice made, under the form's labels, to be read and copied; nothing when not a word was
 * typed. `nameOf` says what an address is called, as far as it is known.
 */
export function keptWords(
  { comments, fields }: Basket,
  sentences: Sentences,
  nameOf: (address: string) => string,
): KeptWords[] {
  const about = commenterWords(fields, sentences);
  const written = comments.filter(isWritten);
  if (written.length === 0 && !about.some(({ free }) => free)) return [];
  return [
    ...written.map((comment, index) => ({
      heading: written.length > 1 ? `第${index + 1}条意见` : '意见',
      words: commentWords(comment, sentences, nameOf),
    })),
    { heading: '您的情况', words: about },
  ].filter(({ words }) => words.length > 0);
}

function isWritten({ text, proposedWording, quotation }: TypedComment): boolean {
  return text + proposedWording + quotation !== '';
}

function commentWords(
  comment: TypedComment,
  sentences: Sentences,
  nameOf: (address: string) => string,
): Words {
  const labels = sentences.fields;
  const stances: Readonly<Record<string, string>> = sentences.stances;
  return [
    { label: labels.clause, text: nameOf(comment.clause) },
    { label: labels.stance, text: stances[comment.stance] ?? '' },
    { label: labels.text, text: comment.text },
    { label: labels.proposedWording, text: comment.proposedWording },
    { label: labels.quotation, text: comment.quotation },
  ].filter((each) => each.text !== '');
}

function commenterWords(fields: Basket['fields'], { fields: labels, ...sentences }: Sentences) {
  const kinds: Readonly<Record<string, string>> = sentences.commenterKinds;
  const consents: Readonly<Record<string, string>> = sentences.consents;
  const { commenterKind = '', name = '', phone = '', email = '', consent = '' } = fields;
  return [
    { label: labels.commenterKind, text: kinds[commenterKind] ?? '', free: false },
    { label: labels.name, text: name, free: true },
    { label: labels.phone, text: phone, free: true },
    { label: labels.email, text: email, free: true },
    { label: labels.consent, text: consents[consent] ?? '', free: false },
  ].filter((each) => each.text !== '');
}
