import type { DueLetter, DueOfficerLetter } from '../db/letters.ts';
import type { OfficerLetterKind } from '../db/officer-letters.ts';
import { fill } from '../domain/fill.ts';
import type { SecretBox } from '../secret-box.ts';
import type { Sentences } from '../sentences.ts';
import { type Mail, template } from './letters.ts';
import { PermanentFailure } from './transport.ts';

const templates: Readonly<Record<OfficerLetterKind, ReturnType<typeof template>>> = {
  invitation: template('invitation'),
  passwordReset: template('password-reset'),
  reminder: template('reminder'),
  approvalAsked: template('approval-asked'),
  commentsAssigned: template('comments-assigned'),
};

/** True for letters to officers. */
export function isToOfficer(letter: DueLetter): letter is DueOfficerLetter {
  return Object.hasOwn(templates, letter.kind);
}

/**
 * Writes a letter to an officer. The template has what the letter's `detail` holds, and officerName, login,
 * agencyName, siteName, publicUrl; and `token`, when the detail holds a sealed one. Throws PermanentFailure when that
 * cannot be opened any more.
 */
export function writeOfficerLetter(
  letter: DueOfficerLetter,
  sentences: Sentences,
  publicUrl: string,
  secrets: SecretBox,
): Mail {
  const { sealedToken, ...detail } = letter.detail;
  const facts = {
    ...detail,
    token: sealedToken ? opened(secrets, sealedToken) : '',
    officerName: letter.officerName,
    login: letter.login,
    agencyName: letter.agencyName,
    siteName: `${sentences.site.name}${sentences.site.tagline}`,
    publicUrl,
  };
  return {
    to: letter.recipient,
    subject: fill(sentences.mail.officerSubjects[letter.kind], facts),
    text: templates[letter.kind](facts),
    messageId: `<letter-${letter.id}.officer@${new URL(publicUrl).hostname}>`,
  };
}

function opened(secrets: SecretBox, sealed: string): string {
  const token = secrets.open(Buffer.from(sealed, 'base64'));
  if (token === undefined) throw new PermanentFailure('the link was sealed with another SECRET_KEY');
  return token;
}
