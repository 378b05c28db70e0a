import { Worker } from 'node:worker_threads';
import type { Answer, FromReader, ToReader } from './reader-messages.ts';

/** What became of a request: its answer, or that the thread reached a limit or ended for another reason. */
export type Outcome = Answer | 'tookTooLong' | 'tookTooMuchMemory' | { readonly died: Error };

/** A thread that reads files, one at a time. After a limit or its end it is of no more use. */
export interface Thread {
  ask(request: ToReader, timeMs: number, onProgress: (percent: number) => void): Promise<Outcome>;
  close(): Promise<void>;
}

interface Question {
  readonly onProgress: (percent: number) => void;
  readonly startClock: () => void;
  readonly settle: (outcome: Outcome) => void;
}

/** Starts a thread whose heap holds `memoryMb`. While it has nothing to do it does not keep the process alive. */
export function startThread(memoryMb: number): Thread {
  const worker = startWorker('reader-worker', memoryMb);
  let isReady = false;
  let ended: Outcome | null = null;
  let question: Question | null = null;

  const end = (outcome: Outcome) => {
    ended ??= outcome;
    question?.settle(ended);
  };
  worker.on('error', (error) => end(isOutOfMemory(error) ? 'tookTooMuchMemory' : { died: error }));
  worker.once('exit', () => end({ died: new Error('The reading thread ended.') }));
  worker.on('message', (message: FromReader) => {
    if (message === 'ready') {
      isReady = true;
      question?.startClock();
    } else if ('percent' in message) question?.onProgress(message.percent);
    else question?.settle(message);
  });
  worker.unref();

  const ask = async (request: ToReader, timeMs: number, onProgress: Question['onProgress']) => {
    if (ended) return ended;
    worker.ref();
    let timer: NodeJS.Timeout | undefined;
    const outcome = await new Promise<Outcome>((settle) => {
      // Loading our own code is not the file's time.
      const startClock = () => {
        timer = setTimeout(() => settle('tookTooLong'), timeMs);
      };
      question = { onProgress, startClock, settle };
      if (isReady) startClock();
      post(worker, request);
    });
    clearTimeout(timer);
    question = null;
    if (typeof outcome === 'string') await worker.terminate();
    worker.unref();
    return outcome;
  };
  const close = async () => {
    await worker.terminate();
  };
  return { ask, close };
}

/** Starts a thread of our own code: a file of this folder, by its name without an ending. */
export function startWorker(name: string, memoryMb: number): Worker {
  const resourceLimits = { maxOldGenerationSizeMb: memoryMb };
  const source = import.meta.url.endsWith('.ts');
  if (!source) return new Worker(new URL(`./${name}.js`, import.meta.url), { resourceLimits });
  // On Node 20 tsx does not reach into workers by itself.
  const [tsx, worker] = [import.meta.resolve('tsx/esm/api'), new URL(`./${name}.ts`, import.meta.url)];
  const start = `import('${tsx}').then((tsx) => { tsx.register(); return import('${worker}'); })`;
  return new Worker(start, { eval: true, resourceLimits });
}

function isOutOfMemory(error: Error & { code?: string }): boolean {
  return error.code === 'ERR_WORKER_OUT_OF_MEMORY';
}

/** The bytes go over as a copy of their own; the caller keeps its own. */
function post(worker: Worker, request: ToReader): void {
  if ('text' in request) worker.postMessage(request);
  else {
    const bytes = new Uint8Array(request.bytes);
    worker.postMessage({ ...request, bytes }, [bytes.buffer]);
  }
}
