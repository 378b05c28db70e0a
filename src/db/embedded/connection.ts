import { Duplex } from 'node:stream';
import { batchCutter } from './messages.ts';

/** One client's connection to the engine. */
export interface Connection {
  id: number;
  stream: Duplex;
  receive(bytes: Uint8Array): void;
}

interface Ends {
  id: number;
  /** Called when the client dials; an error refuses it. */
  opened(): Error | null;
  send(bytes: Uint8Array): void;
}

/** Makes a stream that `pg` takes for a socket; whole batches of what it writes go to `send`. */
export function connectionTo({ id, opened, send }: Ends): Connection {
  const cut = batchCutter();
  let left = false;
  const stream = new Duplex({
    read: () => {},
    write: (chunk: Buffer, _encoding, done) => {
      const { batches, ended } = cut(chunk);
      for (const batch of batches) send(batch);
      if (ended) leave();
      done();
    },
  });
  const leave = () => {
    left = true;
    stream.push(null);
  };
  const connect = () => {
    const refusal = opened();
    if (refusal === null) process.nextTick(() => stream.emit('connect'));
    else stream.destroy(refusal);
    return stream;
  };
  const same = () => stream;
  Object.assign(stream, { connect, setNoDelay: same, setKeepAlive: same, ref: same, unref: same });
  const receive = (bytes: Uint8Array) => {
    if (!left && !stream.destroyed)
      stream.push(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  };
  return { id, stream, receive };
}
