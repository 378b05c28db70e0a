import type { ImapFlow, ImapFlowError } from 'imapflow';
import type { Mailbox } from '../config.ts';
import { largestMessage, type MailboxFailure } from '../domain/mail.ts';

/** A message on the server, before it is fetched. */
export interface Waiting {
  readonly uid: number;
  readonly size: number;
  readonly receivedAt: Date;
}

/** A mailbox that is open. Every method throws MailboxBroken when the server fails. */
export interface Inbox {
  readonly uidValidity: number;
  /** The messages behind a UID that came at an instant or later, in their order. */
  waiting(afterUid: number, since: Date): Promise<Waiting[]>;
  /** The message, or its header alone; null when it is gone. */
  fetch(uid: number, part: 'whole' | 'header'): Promise<Buffer | null>;
  markSeen(uid: number): Promise<void>;
}

/** A mailbox could not be read. The message holds no address and no password. */
export class MailboxBroken extends Error {
  readonly failure: MailboxFailure;
  constructor(failure: MailboxFailure, code = '') {
    super(`a mailbox could not be read: ${failure}${code && ` (${code})`}`);
    this.name = 'MailboxBroken';
    this.failure = failure;
  }
}

const dayMs = 86_400_000;
const timeouts = { connectionTimeout: 30_000, greetingTimeout: 30_000, socketTimeout: 60_000 };

/** Opens a mailbox, works in it, and closes it; an abort breaks the connection. Throws MailboxBroken. */
export async function withInbox<T>(
  mailbox: Mailbox,
  signal: AbortSignal,
  work: (inbox: Inbox) => Promise<T>,
): Promise<T> {
  const { host, port, secure, user, password } = mailbox;
  // Loaded when it is needed: it would be a tenth of what a portal takes to start, and not every office has a mailbox.
  const { ImapFlow } = await import('imapflow');
  if (signal.aborted) throw new MailboxBroken('broken', 'closed');
  const client = new ImapFlow({
    ...{ host, port, secure, ...timeouts, logger: false, disableAutoIdle: true },
    auth: { user, pass: password },
    clientInfo: { name: 'jianyan' },
    maxLiteralSize: largestMessage + 1_000_000,
  });
  // What breaks is told by the command under way; without a listener it would end the process as well.
  client.on('error', () => {});
  const stop = () => client.close();
  signal.addEventListener('abort', stop);
  try {
    await told(client, client.connect());
    return await work(await openFolder(client, mailbox.folder));
  } finally {
    signal.removeEventListener('abort', stop);
    if (client.usable) await client.logout().catch(() => {});
    client.close();
  }
}

async function openFolder(client: ImapFlow, folder: string): Promise<Inbox> {
  const opened = await told(client, client.mailboxOpen(folder), 'noFolder');
  return {
    uidValidity: Number(opened.uidValidity),
    async waiting(afterUid, since) {
      // The server's days are in a zone of its own.
      const search = { uid: `${afterUid + 1}:*`, since: new Date(since.getTime() - 2 * dayMs) };
      const uids = await told(client, client.search(search, { uid: true }));
      if (!uids) throw new MailboxBroken('broken', 'search');
      const heads: Waiting[] = [];
      for (const range of inRanges(uids.filter((uid) => uid > afterUid)))
        heads.push(...(await headsOf(client, range)));
      return heads.filter(({ receivedAt }) => receivedAt >= since).sort((one, other) => one.uid - other.uid);
    },
    async fetch(uid, part) {
      const query = part === 'whole' ? { source: true } : { headers: true };
      const found = await told(client, client.fetchOne(uid, query, { uid: true }), 'message');
      if (!found) return null;
      const bytes = part === 'whole' ? found.source : found.headers;
      if (!bytes) throw new MailboxBroken('message', 'empty');
      return bytes;
    },
    async markSeen(uid) {
      await told(client, client.messageFlagsAdd(uid, ['\\Seen'], { uid: true }));
    },
  };
}

async function headsOf(client: ImapFlow, range: string): Promise<Waiting[]> {
  const query = { uid: true, size: true, internalDate: true };
  const found = await told(client, client.fetchAll(range, query, { uid: true }));
  return found.map(({ uid, size = 0, internalDate }) => ({
    uid,
    size,
    receivedAt: new Date(internalDate ?? 0),
  }));
}

/** UIDs as lists that fit on one line of the protocol. */
function inRanges(uids: readonly number[]): string[] {
  const starts = Array.from({ length: Math.ceil(uids.length / 200) }, (_, index) => index * 200);
  return starts.map((start) => uids.slice(start, start + 200).join(','));
}

/** What the client answers, unless its line broke: it then answers some questions as if there were nothing. */
async function told<T>(client: ImapFlow, asked: Promise<T>, refusal?: MailboxFailure): Promise<T> {
  try {
    const answer = await asked;
    if (client.usable) return answer;
  } catch (error) {
    throw brokenBy(error as ImapFlowError, refusal);
  }
  throw new MailboxBroken(refusal === 'message' ? 'message' : 'broken', 'closed');
}

const unreachable = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'],
  ...['CONNECT_TIMEOUT', 'GREETING_TIMEOUT'],
];

function brokenBy(error: ImapFlowError, refusal: MailboxFailure | undefined): MailboxBroken {
  const { code = '' } = error;
  if (error.authenticationFailed) return new MailboxBroken('refused');
  if (refusal === 'message' || (refusal && error.responseStatus)) return new MailboxBroken(refusal, code);
  if (unreachable.includes(code)) return new MailboxBroken('unreachable', code);
  if (error.tlsFailed || /CERT|SSL|TLS/.test(code)) return new MailboxBroken('tls', code);
  return new MailboxBroken('broken', code);
}
