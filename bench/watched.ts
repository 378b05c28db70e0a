import { monitorEventLoopDelay } from 'node:perf_hooks';
import { afterClosing } from './desk-stored.ts';
import type { Figure } from './figures.ts';
import { startPortal } from './process.ts';
import type { Stage } from './stage.ts';

/** How long a piece of work takes, what memory, how long it holds its process, and what readers at another one wait. */
export async function watched(stage: Stage, name: string, work: () => Promise<unknown>): Promise<Figure> {
  const others = stage.kind === 'postgresql' ? await askOthers(stage) : undefined;
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  const before = process.memoryUsage().rss;
  const seconds = await secondsOf(work);
  delay.disable();
  const megabytes = Math.round((process.memoryUsage().rss - before) / 1e6);
  const slowest = await others?.stop();
  const held = Math.round(delay.max / 1e6);
  const note = `${megabytes} MB more; the process held for at most ${held} ms${slowest === undefined ? '' : `; slowest answer of another process ${Math.round(slowest)} ms`}`;
  return { name, legs: { time: [seconds] }, unit: 's', note };
}

// Public pages of a portal of its own, one after another, until told to stop; gives the slowest answer in ms.
async function askOthers(stage: Stage) {
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const page = `http://127.0.0.1:${portal.port}/consultations/${stage.consultationNumber}`;
  let [isOver, slowest] = [false, 0];
  const asking = (async () => {
    while (!isOver)
      slowest = Math.max(slowest, 1000 * (await secondsOf(async () => (await fetch(page)).text())));
  })();
  return {
    stop: async () => {
      isOver = true;
      await asking;
      await portal.stop();
      return slowest;
    },
  };
}

/** How many seconds a piece of work takes. */
export async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
