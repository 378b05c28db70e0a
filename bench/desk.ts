import { parse } from 'node-html-parser';
import { pairComments } from '../src/actions/pair-comments.ts';
import { workOnGroups } from '../src/actions/work-on-groups.ts';
import type { Db } from '../src/db/session.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { type Beside, fillBeside, settleLetters } from './desk-beside.ts';
import { confirmLargest, type Grouped, groupedPages, publishedPages, settleGroup } from './desk-grouped.ts';
import { administered, pagesOf } from './desk-pages.ts';
import { afterClosing, fillDesk, type Ground, password } from './desk-stored.ts';
import { type Figure, intervalOf, median, ratiosOf } from './figures.ts';
import { startPortal } from './process.ts';
import { officerOf, signAndPublish } from './signing.ts';
import { makeStage, type Stage } from './stage.ts';

/** Pairs that are asked for: no more than the fewest where they tell already, and never more than the most. */
interface Pairs {
  readonly fewest: number;
  readonly most: number;
}

const usualPairs: Pairs = { fewest: 9, most: 31 };
const farPairs: Pairs = { fewest: 40, most: 100 };
const few = 1_000;
const many = { embedded: 20_000, postgresql: 100_000 } as const;

/**
 * How long each desk page takes with 100,000 comments (embedded: 20,000) against with 1,000, and pages far down in lists
 * against page 1; then the same where nearly all of them are in one confirmed group, and once the notice is published.
 * Each figure is given as soon as it is known.
 */
export async function* measureDesk(stage: Stage): AsyncGenerator<Figure> {
  const other = await makeStage(stage.settings['DATABASE_URL']);
  const legs: Leg[] = [];
  for (const [each, count] of [
    [other, few],
    [stage, many[stage.kind]],
  ] as const)
    legs.push({ stage: each, count, ground: await each.withDb((db) => fillAndSettle(db, count)) });
  yield* measurePages(legs, '', ({ ground }) => pagesOf(ground));
  const grouped = new Map<Leg, Grouped>();
  for (const leg of legs) grouped.set(leg, await leg.stage.withDb((db) => groupNearlyAll(db, leg.ground)));
  yield* measurePages(legs, 'one group: ', (leg) =>
    groupedPages(leg.ground.consultationId, grouped.get(leg) as Grouped),
  );
  for (const leg of legs) await leg.stage.withDb((db) => publish(db, leg.ground));
  yield* measurePages(legs, 'one group, published: ', ({ stage: { consultationNumber }, ground }) =>
    publishedPages(ground.consultationId, consultationNumber),
  );
  await other.remove();
}

/** A stage with what stands on it. */
export interface Leg {
  readonly stage: Pick<Stage, 'settings' | 'consultationNumber' | 'withDb'>;
  readonly count: number;
  readonly ground: Ground & Beside;
}

/** Each page of a pair of stages in turn, then the far pages of the large one against their first. */
export async function* measurePages(
  legs: readonly Leg[],
  which: string,
  pages: (leg: Leg) => Record<string, string>,
): AsyncGenerator<Figure> {
  const [fewer, more] = legs.map(({ count }) => count.toLocaleString('en')) as [string, string];
  const [small, large] = (await Promise.all(legs.map((leg) => openDesk(leg.stage, pages(leg))))) as [
    Desk,
    Desk,
  ];
  for (const page of Object.keys(small.pages)) {
    const read = [() => small.read(page), () => large.read(page)] as const;
    const [theirs, ours] = await inTurn(usualPairs, read, isDecided);
    yield figureOf(`${which}${page}, ${more} / ${fewer}`, atMost, {
      [`with ${fewer}`]: theirs,
      [`with ${more}`]: ours,
    });
  }
  for (const [far, near] of Object.entries(farPages).filter(([far]) => far in large.pages)) {
    const [theirs, ours] = await inTurn(farPairs, [() => large.read(near), () => large.read(far)], isNarrow);
    yield figureOf(`${which}${far} / page 1`, 1, { 'page 1': theirs, 'far down': ours });
  }
  await Promise.all([small.stop(), large.stop()]);
}

const atMost = 1.5;

// Where the median lies for all that is known: on one side of what is wanted.
function isDecided([low, high]: readonly [number, number]): boolean {
  return high < atMost || low > atMost;
}

function isNarrow([low, high]: readonly [number, number]): boolean {
  return high - low < 0.08;
}

// What is far down in a list, and its first page.
const farPages: Readonly<Record<string, string>> = {
  'list, page 1,000': 'list',
  'letters, page 1,000': 'letters',
  'letters set aside, far down': 'letters that were set aside',
  'traces, page 1,000': 'traces',
};

interface Read {
  readonly ms: number;
  readonly bytes: number;
}

function figureOf(name: string, atMost: number, legs: Readonly<Record<string, readonly Read[]>>): Figure {
  const ratios = ratiosIn(Object.values(legs));
  const sizes = Object.values(legs).map((reads) => reads[0]?.bytes);
  const [low, high] = intervalOf(ratios).map((each) => each.toFixed(2));
  const medians = Object.entries(legs).map(([leg, reads]) => [leg, [median(reads.map(({ ms }) => ms))]]);
  const note = `${ratios.length} pairs, median within [${low}, ${high}]; bytes: ${sizes.join(', ')}`;
  return { name: `desk: ${name}`, ratios, atMost, legs: Object.fromEntries(medians), unit: 'ms', note };
}

// Each first as often as the other.
async function inTurn(
  { fewest, most }: Pairs,
  read: readonly [() => Promise<Read>, () => Promise<Read>],
  isEnough: (interval: readonly [number, number]) => boolean,
) {
  const reads: [Read[], Read[]] = [[], []];
  const isOver = (round: number) =>
    round >= most || (round >= fewest && isEnough(intervalOf(ratiosIn(reads))));
  for (let round = -2; !isOver(round); round++)
    for (const leg of round % 2 === 0 ? ([0, 1] as const) : ([1, 0] as const)) {
      const one = await read[leg]();
      if (round >= 0) reads[leg].push(one);
    }
  return reads;
}

function ratiosIn([theirs, ours]: readonly (readonly Read[])[]): number[] {
  const times = (reads: readonly Read[] = []) => reads.map(({ ms }) => ms);
  return ratiosOf(times(ours), times(theirs));
}

// What goes on in the background once after a closing is not what a page costs.
async function fillAndSettle(db: Db, count: number): Promise<Leg['ground']> {
  const filled = await fillDesk(db, count);
  const grouper = createGrouper();
  await pairComments(db, afterClosing);
  await workOnGroups(db, { grouper, clock: afterClosing });
  await grouper.close();
  return { ...filled, ...(await fillBeside(db)) };
}

async function groupNearlyAll(db: Db, { consultationId }: Leg['ground']): Promise<Grouped> {
  const grouped = await confirmLargest(db, await officerOf(db, 'bench'), consultationId);
  await settleGroup(db);
  return grouped;
}

async function publish(db: Db, { consultationId }: Leg['ground']): Promise<void> {
  await signAndPublish(db, await officerOf(db, 'bench'), consultationId);
  await settleLetters(db);
}

type Desk = Awaited<ReturnType<typeof openDesk>>;

async function openDesk({ settings }: Leg['stage'], pages: Record<string, string>) {
  const portal = await startPortal({ ...settings, CLOCK: afterClosing().toISOString() });
  const base = `http://127.0.0.1:${portal.port}`;
  const [cookie, administrators] = [await signIn(base), await signIn(base, 'administrator')];
  const read = async (page: string): Promise<Read> => {
    const headers = { cookie: administered.includes(page) ? administrators : cookie };
    const began = performance.now();
    const response = await fetch(base + pages[page], { headers, redirect: 'manual' });
    const { byteLength: bytes } = await response.arrayBuffer();
    if (response.status !== 200)
      throw new Error(`${page}: ${response.status} ${response.headers.get('location')}`);
    return { ms: performance.now() - began, bytes };
  };
  return { pages, read, stop: portal.stop };
}

/** Signs an officer of a stage in; gives the cookie. */
export async function signIn(base: string, login = 'bench'): Promise<string> {
  const page = await fetch(`${base}/desk/sign-in`);
  const field = parse(await page.text()).querySelector('main input[name=_csrf]');
  const body = new URLSearchParams({ _csrf: field?.getAttribute('value') ?? '', login, password });
  const headers = { cookie: cookieOf(page), 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${base}/desk/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`sign-in: ${answer.status}`);
  return cookieOf(answer) || cookieOf(page);
}

// Of cookies of one name the last counts.
function cookieOf(response: Response): string {
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
}
