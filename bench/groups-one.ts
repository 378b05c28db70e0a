import type { ComparedPart } from '../src/domain/groups/leaders.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { chanceFrom, madeComments } from '../test/domain/groups-texts.ts';
import type { Searching } from './groups.ts';

// One search in a process of its own, so that its memory is known. It ends early once that share is compared.
const [count, letterShare, until] = process.argv.slice(2).map(Number) as [number, number, number];
const portion = 5_000;
const chance = chanceFrom(7);

async function* portions() {
  for (let from = 0; from < count; from += portion)
    yield madeComments(portion, letterShare, chance).map((made) => ({ ...made, id: made.id + from }));
}

const start = performance.now();
let [collected, texts] = [0, 0];
const tell = (passedOver: number | null) => {
  const searching: Searching = {
    ...{ folding: collected - start, comparing: performance.now() - collected, texts, passedOver },
    peak: process.resourceUsage().maxRSS / 1_024,
  };
  console.log(JSON.stringify(searching));
};
const grouper = createGrouper();
const { passedOver } = await grouper.find(portions(), new Map(), {
  kept: async () => {
    collected = performance.now();
    return [];
  },
  keep: ({ from, share, leaders }: ComparedPart) => {
    texts = Math.round((from + leaders.length) / share);
    if (share < until) return;
    tell(null);
    process.exit();
  },
});
tell(passedOver);
