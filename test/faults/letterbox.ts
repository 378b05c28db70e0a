import { EventEmitter } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';

/** A mail server that keeps what arrives. */
export interface Letterbox {
  readonly url: string;
  /** How often each letter arrived, by Message-ID. */
  readonly arrived: ReadonlyMap<string, number>;
  /** Emits `letter` when one has arrived whole, before its sender is told so. */
  readonly events: EventEmitter;
  close(): Promise<void>;
}

/** Opens a mail server on a port of its own. */
export async function openLetterbox(): Promise<Letterbox> {
  const arrived = new Map<string, number>();
  const events = new EventEmitter().setMaxListeners(0);
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData: (stream, _session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const id = /^Message-ID: <(.*)>\r?$/m.exec(Buffer.concat(chunks).toString())?.[1] ?? '';
        arrived.set(id, (arrived.get(id) ?? 0) + 1);
        events.emit('letter');
        done();
      });
    },
  });
  // A portal that is killed breaks its connections off.
  server.on('error', () => {});
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const close = () => new Promise<void>((resolve) => server.close(resolve));
  return { url: `smtp://127.0.0.1:${port}`, arrived, events, close };
}
