import { createRequire } from 'node:module';
import net, { type AddressInfo } from 'node:net';
import type { Test } from 'tap';
import type { Mailbox } from '../../src/config.ts';

interface StoredMessage {
  readonly uid: number;
  readonly raw: string;
  flags: string[];
}

interface Folder {
  messages: StoredMessage[];
  uidvalidity: number;
}

interface Hoodiecrow {
  listen(port: number, host: string, listening: () => void): void;
  close(closed: () => void): void;
  appendMessage(folder: string, flags: string[], received: string | Date, raw: string): unknown;
  getMailbox(folder: string): Folder;
  users: Record<string, { password: string }>;
  server: net.Server;
}

/** A real IMAP server in this process, with one empty mailbox. */
export interface ImapServer {
  readonly mailbox: Mailbox;
  readonly inbox: Folder;
  /** Puts a message into the mailbox; it came at the instant `at`. */
  readonly put: (raw: string | Buffer, at: Date) => void;
  readonly setPassword: (password: string) => void;
}

const hoodiecrow = createRequire(import.meta.url)('hoodiecrow-imap') as (options: object) => Hoodiecrow;
export const user = { name: 'yijian', password: 'the mailbox password' };

export async function imapServer(t: Test, address: string): Promise<ImapServer> {
  const server = hoodiecrow({
    plugins: ['ID', 'SASL-IR', 'AUTH-PLAIN', 'NAMESPACE', 'ENABLE', 'LITERALPLUS', 'UNSELECT', 'SPECIAL-USE'],
    users: { [user.name]: { password: user.password } },
    storage: { INBOX: { messages: [], uidvalidity: 7 }, '': { separator: '/', folders: {} } },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise<void>((resolve) => server.close(resolve)));
  const { port } = server.server.address() as AddressInfo;
  return {
    mailbox: mailboxAt(address, port),
    inbox: server.getMailbox('INBOX'),
    put: (raw, at) => void server.appendMessage('INBOX', [], at, Buffer.from(raw).toString('binary')),
    setPassword: (password) => {
      server.users[user.name] = { password };
    },
  };
}

export function mailboxAt(address: string, port: number): Mailbox {
  const { name, password } = user;
  return { address, host: '127.0.0.1', port, secure: false, user: name, password, folder: 'INBOX', spam: [] };
}

/** A line to a server that breaks, when `allow` says so, after so many bytes from the server. */
export async function breakingLine(t: Test, { port }: Mailbox, allow: () => number): Promise<number> {
  const line = net.createServer((client) => {
    const server = net.connect(port, '127.0.0.1');
    let left = allow();
    const end = () => {
      client.destroy();
      server.destroy();
    };
    client.on('error', end).on('close', end);
    server.on('error', end).on('close', end);
    client.pipe(server);
    server.on('data', (chunk: Buffer) => {
      client.write(chunk.subarray(0, left));
      left -= chunk.length;
      if (left < 0) end();
    });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  t.teardown(() => new Promise<void>((resolve) => line.close(() => resolve())));
  return (line.address() as AddressInfo).port;
}
