import type { Mail, MailHeader } from './mail.ts';

/** What a program sent, and no person waits for an answer to. */
export type Automatic = 'bounce' | 'autoReply';

/** What to go by beside the message itself. */
export interface SignSettings {
  /** Addresses of our own: what they send comes from the portal. */
  readonly ours: readonly string[];
  /** Header fields by which the mail server marks spam, with how their value begins. */
  readonly spam: readonly MailHeader[];
}

/** Fields with these beginnings of their values mark spam on most servers. */
const usualSpam: readonly MailHeader[] = [
  { name: 'x-spam-flag', value: 'yes' },
  { name: 'x-spam-status', value: 'yes' },
  { name: 'x-spam', value: 'yes' },
  { name: 'x-spam', value: 'true' },
];
const autoSubject =
  /^[[【(（]?\s?(?:自动回复|自动答复|自動回覆|自動回復|自动应答|auto(?:matic)?[- ]?reply|out of (?:the )?office)/i;
const postmasters = /^(?:mailer-daemon|postmaster|mail-daemon)@/i;

/** Whether a program sent a message: its being undeliverable (`bounce`), or by itself; null for a person's. */
export function automaticSign(mail: Mail, ours: readonly string[]): Automatic | null {
  const has = (name: string, value: RegExp) =>
    mail.headers.some((each) => each.name === name && value.test(each.value));
  const isReport = has('content-type', /^multipart\/report\b/i);
  if (isReport && !has('content-type', /report-type="?disposition-notification/i)) return 'bounce';
  if (has('return-path', /^<\s?>$/) || has('x-failed-recipients', /./)) return 'bounce';
  if (postmasters.test(mail.from.address)) return 'bounce';
  const isAutomatic =
    isReport ||
    has('auto-submitted', /^(?!no\b)./i) ||
    has('precedence', /^(?:bulk|junk|list|auto_reply)/i) ||
    ['x-autoreply', 'x-autorespond', 'x-autoresponder', 'list-id'].some((name) => has(name, /./)) ||
    autoSubject.test(mail.subject) ||
    ours.includes(mail.from.address.toLowerCase());
  return isAutomatic ? 'autoReply' : null;
}

/** True when the mail server marked a message as spam. */
export function isSpam(mail: Mail, { spam }: Pick<SignSettings, 'spam'>): boolean {
  return [...usualSpam, ...spam].some((sign) =>
    mail.headers.some(
      ({ name, value }) => name === sign.name && value.toLowerCase().startsWith(sign.value.toLowerCase()),
    ),
  );
}
