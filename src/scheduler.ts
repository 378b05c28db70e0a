import { setMaxListeners } from 'node:events';
import type { FastifyBaseLogger } from 'fastify';

/** Work that is done again and again while the process runs. */
export interface Task {
  readonly name: string;
  readonly everyMs: number;
  readonly run: () => Promise<unknown>;
}

/**
 * Runs each task at once and then in its rhythm, never two runs of one task at a time; a failure is logged and the
 * next run comes all the same. `stop` resolves when no run is under way any more.
 */
export function startScheduler(
  tasks: readonly Task[],
  log: Pick<FastifyBaseLogger, 'error'>,
): { stop(): Promise<void> } {
  const stopping = new AbortController();
  setMaxListeners(tasks.length, stopping.signal);
  const loops = tasks.map((task) => repeat(task, log, stopping.signal));
  return {
    async stop() {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function repeat(task: Task, log: Pick<FastifyBaseLogger, 'error'>, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await task
      .run()
      .catch((error: unknown) => log.error({ message: String(error), task: task.name }, 'a task failed'));
    await pause(task.everyMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
}
