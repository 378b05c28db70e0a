import { mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { ComparedPart } from '../src/domain/groups/leaders.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { chanceFrom, madeComments } from '../test/domain/groups-texts.ts';
import type { Searching } from './groups.ts';

// One search in a process of its own, so that its memory is known. It ends early once that share is compared.
const [count, letterShare, until] = process.argv.slice(2).map(Number) as [number, number, number];
const portion = 5_000;
const chance = chanceFrom(7);

// Texts are read again while they are compared: from a file, as a portal reads them from its database.
const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-texts-'));
const file = openSync(path.join(folder, 'texts'), 'w+');
process.once('exit', () => rmSync(folder, { recursive: true }));
const ends = new Float64Array(count + portion + 1);

async function* portions() {
  for (let from = 0; from < count; from += portion) {
    const made = madeComments(portion, letterShare, chance).map((each) => ({ ...each, id: each.id + from }));
    const bytes = made.map(({ text }) => Buffer.from(text));
    for (const [index, { length }] of bytes.entries())
      ends[from + index + 1] = (ends[from + index] ?? 0) + length;
    writeSync(file, Buffer.concat(bytes));
    yield made;
  }
}

async function texts(ids: readonly number[]): Promise<string[]> {
  return ids.map((id) => {
    const [begin, end] = [ends[id] ?? 0, ends[id + 1] ?? 0];
    const bytes = Buffer.alloc(end - begin);
    readSync(file, bytes, 0, bytes.length, begin);
    return bytes.toString();
  });
}

const start = performance.now();
let [collected, distinct] = [0, 0];
const tell = (passedOver: number | null) => {
  const searching: Searching = {
    ...{ folding: collected - start, comparing: performance.now() - collected, texts: distinct, passedOver },
    peak: process.resourceUsage().maxRSS / 1_024,
  };
  console.log(JSON.stringify(searching));
};
const grouper = createGrouper();
const { passedOver } = await grouper.find({ portions: portions(), texts }, new Map(), {
  kept: async () => {
    collected = performance.now();
    return [];
  },
  keep: ({ from, share, leaders }: ComparedPart) => {
    distinct = Math.round((from + leaders.length) / share);
    if (share < until) return;
    tell(null);
    process.exit();
  },
});
tell(passedOver);
