import { bareName } from './draft-name.ts';
import type { Mail, SetAside } from './mail.ts';
import { automaticSign, isSpam, type SignSettings } from './mail-signs.ts';

/** A consultation that takes comments by the mailbox a message came to. */
export interface Candidate {
  readonly id: number;
  readonly number: string;
  /** Without 《》. */
  readonly draftName: string;
  /** The announcement, which may ask for words to be put into the subject: 请注明“加装电梯意见”字样. */
  readonly text: string;
}

/** What becomes of a message: a submission to a consultation, or set aside, perhaps at a consultation's page. */
export interface Sorting {
  readonly consultationId: number | null;
  readonly reason: SetAside | null;
}

/** Sorts a message that could be read. Nothing but a person's words about one known consultation is taken at once. */
export function sortMail(mail: Mail, candidates: readonly Candidate[], settings: SignSettings): Sorting {
  const consultationId = consultationFor(mail, candidates)?.id ?? null;
  return { consultationId, reason: reasonFor(mail, consultationId, settings) };
}

function reasonFor(mail: Mail, consultationId: number | null, settings: SignSettings): SetAside | null {
  const automatic = automaticSign(mail, settings.ours);
  if (automatic) return automatic;
  if (isSpam(mail, settings)) return 'spam';
  if (!mail.subject && !mail.text && mail.files.length === 0) return 'empty';
  return consultationId === null ? 'noConsultation' : null;
}

/**
 * The one consultation that a message is about: named by number, by the draft's name or by the words that its
 * announcement asks for, in the subject before the text; or, where nothing is named, the only one there is. Null when several are named, or several could be meant.
 */
export function consultationFor(
  { subject, text }: Pick<Mail, 'subject' | 'text'>,
  candidates: readonly Candidate[],
): Candidate | null {
  for (const words of [subject, text])
    for (const find of [namedByNumber, namedByDraft, namedByMark]) {
      const found = find(words, candidates);
      if (found.length > 0) return onlyOne(found);
    }
  return onlyOne(candidates);
}

function namedByNumber(words: string, candidates: readonly Candidate[]): Candidate[] {
  const numbers = new Set(words.match(/(?<!\d)\d{4}-\d{4,}(?!\d)/g));
  return candidates.filter(({ number }) => numbers.has(number));
}

// The name of one draft may be part of another's: the longer ones are taken out first.
function namedByDraft(words: string, candidates: readonly Candidate[]): Candidate[] {
  let rest = bareName(words);
  const names = new Set(candidates.map(({ draftName }) => bareName(draftName)).filter((name) => name !== ''));
  const found = [...names]
    .sort((one, other) => other.length - one.length)
    .filter((name) => {
      const isNamed = rest.includes(name);
      rest = rest.replaceAll(name, '\n');
      return isNamed;
    });
  return candidates.filter(({ draftName }) => found.includes(bareName(draftName)));
}

const mark = /(?:注明|标明|标注|写明)[^“”"「」\n。；]{0,12}[“"「]([^“”"「」\n]{2,40})[”"」]/gu;

function namedByMark(words: string, candidates: readonly Candidate[]): Candidate[] {
  const said = bareName(words);
  return candidates.filter(({ text }) =>
    [...text.matchAll(mark)].some(([, asked = '']) => said.includes(bareName(asked))),
  );
}

function onlyOne<T>(list: readonly T[]): T | null {
  return list.length === 1 ? (list[0] ?? null) : null;
}
