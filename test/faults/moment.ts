import { randomInt } from 'node:crypto';
import type { EventEmitter } from 'node:events';
import { randomFrom } from '../db/support/fuzz.ts';
import type { Letterbox } from './letterbox.ts';
import type { Load } from './load.ts';

/** Another one in each run, unless FAULT_SEED repeats one. */
export const seed = Number(process.env['FAULT_SEED']) || randomInt(1, 1_000_000);

/** Says when the next fault comes. */
export type Moments = ReturnType<typeof momentsOf>;

/** Random moments: with some form that goes out, some receipt that comes back, or some letter that arrives. */
export function momentsOf(random: () => number, load: Load, box: Letterbox) {
  const upTo = (most: number) => Math.ceil(random() * most);
  const waits = [
    () => times(upTo(40), load.events, 'sent'),
    () => times(upTo(25), load.events, 'receipt'),
    () => Promise.race([times(upTo(6), box.events, 'letter'), times(50, load.events, 'receipt')]),
  ];
  let isOver = false;
  const over = load.finished.then(() => {
    isOver = true;
  });
  return {
    upTo,
    /** Resolves at the next moment; false when the load is over before. */
    async next(): Promise<boolean> {
      await Promise.race([waits[upTo(waits.length) - 1]?.(), over]);
      return !isOver;
    },
    /** Resolves with the `count`-th thing of its kind, or when the load is over. */
    async passed(count: number, what: 'sent' | 'receipt' | 'failure'): Promise<void> {
      await Promise.race([times(count, load.events, what), over]);
    },
  };
}

export const randomOf = () => randomFrom(seed);

/** Resolves when something has been emitted so many times from now on. */
export function times(count: number, emitter: EventEmitter, what: string): Promise<void> {
  return new Promise((resolve) => {
    let left = count;
    const note = () => {
      left -= 1;
      if (left > 0) return;
      emitter.off(what, note);
      resolve();
    };
    emitter.on(what, note);
  });
}
