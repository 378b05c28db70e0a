import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { OfficialDocument, Printers } from '../domain/official-document.ts';

export type Format = keyof Printers;

/** What the printing thread is asked, and what it answers. */
export interface ToPrinter {
  readonly format: Format;
  readonly document: OfficialDocument;
}
export type FromPrinter = { readonly bytes: Uint8Array } | { readonly fault: Error };

const timeMs = 120_000;

/**
 * Printers that work in a thread of their own, one document after the other: it is started when first needed, and
 * anew after a fault or two minutes. Throws what went wrong.
 */
export function createPrinters(): Printers & { close(): Promise<void> } {
  let worker: Worker | undefined;
  let before: Promise<unknown> = Promise.resolve();

  const print = (format: Format) => (document: OfficialDocument) => {
    const turn = before.then(() => ask({ format, document }));
    before = turn.catch(() => {});
    return turn;
  };
  const ask = async (request: ToPrinter): Promise<Uint8Array> => {
    const asked = worker ?? startWorker();
    worker = asked;
    asked.ref();
    try {
      return await answerOf(asked, request);
    } catch (error) {
      worker = undefined;
      await asked.terminate();
      throw error;
    } finally {
      asked.unref();
    }
  };
  const close = async () => {
    await worker?.terminate();
  };
  return { pdf: print('pdf'), docx: print('docx'), close };
}

async function answerOf(worker: Worker, request: ToPrinter): Promise<Uint8Array> {
  const asked = new AbortController();
  const { signal } = asked;
  const timer = setTimeout(() => asked.abort(new Error('printing took too long')), timeMs);
  try {
    const answered = once(worker, 'message', { signal });
    const ended = once(worker, 'exit', { signal });
    ended.catch(() => {});
    worker.postMessage(request);
    const [answer] = (await Promise.race([answered, ended])) as [FromPrinter | number];
    if (typeof answer === 'number') throw new Error('the printing thread ended');
    if ('fault' in answer) throw answer.fault;
    return answer.bytes;
  } finally {
    clearTimeout(timer);
    asked.abort();
  }
}

function startWorker(): Worker {
  if (!import.meta.url.endsWith('.ts')) return new Worker(new URL('./printing-thread.js', import.meta.url));
  // On Node 20 tsx does not reach into workers by itself.
  const [tsx, thread] = [
    import.meta.resolve('tsx/esm/api'),
    new URL('./printing-thread.ts', import.meta.url),
  ];
  const start = `import('${tsx}').then((tsx) => { tsx.register(); return import('${thread}'); })`;
  return new Worker(start, { eval: true });
}
