import { type HeaderLines, type ParsedMail, simpleParser } from 'mailparser';
import type { Mail, MailFile, MailHeader } from '../domain/mail.ts';
import { isGarbled } from '../domain/mail-words.ts';
import { cleanLine, cleanText } from '../domain/text.ts';
import { decode } from './encoding.ts';
import { linesOfMail } from './html-mail.ts';

const options = { skipHtmlToText: true, skipTextToHtml: true, keepCidLinks: true };

/** Takes a message apart, whatever its character sets; its words as text, also where they came as HTML alone. */
export async function readMessage(raw: Uint8Array): Promise<Mail> {
  const bytes = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength);
  const mail = mailOf(await simpleParser(bytes, options));
  if (!isGarbled(mail)) return mail;
  const again = inUtf8(bytes);
  const other = again && mailOf(await simpleParser(again, options));
  return other && !isGarbled(other) ? other : mail;
}

// Old programs send GB18030 as it is, without naming it or under another name.
function inUtf8(bytes: Buffer): Buffer | null {
  const decoded = decode(bytes);
  if (!decoded) return null;
  return Buffer.from(decoded.text.replace(/\bcharset\s{0,9}=\s{0,9}"?[\w.:-]{1,40}"?/gi, 'charset=utf-8'));
}

function mailOf(parsed: ParsedMail): Mail {
  const { name = '', address = '' } = parsed.from?.value[0] ?? {};
  const sender = cleanLine(address);
  return {
    messageId: cleanLine(parsed.messageId ?? ''),
    from: { name: cleanLine(name) === sender ? '' : cleanLine(name), address: sender },
    subject: cleanLine(parsed.subject ?? ''),
    text: cleanText(wordsOf(parsed.text ?? '', parsed.html || '')),
    files: parsed.attachments.map(fileOf),
    headers: headersOf(parsed.headerLines),
  };
}

/**
 * The text of a message; with what its HTML says, where that is more than the same in other clothes: a program that
 * cannot write plain text puts a remark there, or nothing.
 */
function wordsOf(text: string, html: string): string {
  if (!html) return text;
  const lines = linesOfMail(html);
  const seen = folded(text);
  const missing = lines.filter((line) => !seen.includes(folded(line)));
  if (folded(missing.join('')).length * 2 <= folded(lines.join('')).length) return text;
  return `${text.trim()}\n\n${lines.join('\n')}`;
}

function folded(text: string): string {
  return text.replace(/[\s>*]+/gu, '');
}

function fileOf({ filename, contentType, content }: ParsedMail['attachments'][number]): MailFile {
  return { name: cleanLine(filename ?? ''), mediaType: cleanLine(contentType), bytes: content };
}

function headersOf(lines: HeaderLines | undefined): MailHeader[] {
  return (lines ?? []).map(({ key, line }) => ({
    name: key,
    value: cleanLine(line.slice(line.indexOf(':') + 1)),
  }));
}
