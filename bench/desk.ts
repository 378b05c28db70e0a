import { parse } from 'node-html-parser';
import { pairComments } from '../src/actions/pair-comments.ts';
import { workOnGroups } from '../src/actions/work-on-groups.ts';
import type { Db } from '../src/db/session.ts';
import { createGrouper } from '../src/intake/grouper.ts';
import { confirmLargest, type Grouped, groupedPages, publishedPages, settleGroup } from './desk-grouped.ts';
import { afterClosing, fillDesk, type Ground, password } from './desk-stored.ts';
import { type Figure, ratiosOf } from './figures.ts';
import { startPortal } from './process.ts';
import { officerOf, signAndPublish } from './signing.ts';
import { makeStage, type Stage } from './stage.ts';

const rounds = 15;
const few = 1_000;
const many = 100_000;

/**
 * How long each desk page takes with 100,000 comments against with 1,000, and page 1,000 of the list against page 1; then
 * the same where nearly all of them are in one confirmed group, and once the notice is published.
 */
export async function measureDesk(stage: Stage): Promise<Figure[]> {
  const other = await makeStage(stage.settings['DATABASE_URL']);
  const legs: Leg[] = [];
  for (const [each, count] of [
    [other, few],
    [stage, many],
  ] as const)
    legs.push({ stage: each, ground: await each.withDb((db) => fillAndSettle(db, count)) });
  const plain = await measurePages(legs, '', ({ ground }) => pagesOf(ground));
  const grouped = new Map<Leg, Grouped>();
  for (const leg of legs) grouped.set(leg, await leg.stage.withDb((db) => groupNearlyAll(db, leg.ground)));
  const withGroup = await measurePages(legs, 'one group: ', (leg) =>
    groupedPages(leg.ground.consultationId, grouped.get(leg) as Grouped),
  );
  for (const leg of legs) await leg.stage.withDb((db) => publish(db, leg.ground));
  const published = await measurePages(
    legs,
    'one group, published: ',
    ({ stage: { consultationNumber }, ground }) => publishedPages(ground.consultationId, consultationNumber),
  );
  await other.remove();
  return [...plain, ...withGroup, ...published];
}

interface Leg {
  readonly stage: Stage;
  readonly ground: Ground;
}

async function measurePages(
  legs: readonly Leg[],
  which: string,
  pages: (leg: Leg) => Record<string, string>,
): Promise<Figure[]> {
  const [small, large] = (await Promise.all(legs.map((leg) => openDesk(leg.stage, pages(leg))))) as [
    Desk,
    Desk,
  ];
  const figures: Figure[] = [];
  for (const page of Object.keys(small.pages)) {
    const [theirs, ours] = await inTurn(
      () => small.read(page),
      () => large.read(page),
    );
    figures.push(figureOf(`${which}${page}, 100,000 / 1,000`, { '1,000': theirs, '100,000': ours }));
  }
  if (farPage in large.pages) {
    const [near, far] = await inTurn(
      () => large.read('list'),
      () => large.read(farPage),
    );
    figures.push(figureOf('list, page 1,000 / page 1', { 'page 1': near, 'page 1,000': far }));
  }
  await Promise.all([small.stop(), large.stop()]);
  return figures;
}

const farPage = 'list, page 1,000';

function figureOf(name: string, legs: Record<string, number[]>): Figure {
  const [theirs = [], ours = []] = Object.values(legs);
  return { name: `desk: ${name}`, ratios: ratiosOf(ours, theirs), atMost: 1.5, legs, unit: 'ms' };
}

async function inTurn(
  one: () => Promise<number>,
  other: () => Promise<number>,
): Promise<[number[], number[]]> {
  const times: [number[], number[]] = [[], []];
  for (let round = -2; round < rounds; round++) {
    const [a, b] = [await one(), await other()];
    if (round < 0) continue;
    times[0].push(a);
    times[1].push(b);
  }
  return times;
}

// What goes on in the background once after a closing is not what a page costs.
async function fillAndSettle(db: Db, count: number): Promise<Ground> {
  const ground = await fillDesk(db, count);
  const grouper = createGrouper();
  await pairComments(db, afterClosing);
  await workOnGroups(db, { grouper, clock: afterClosing });
  await grouper.close();
  return ground;
}

async function groupNearlyAll(db: Db, { consultationId }: Ground): Promise<Grouped> {
  const grouped = await confirmLargest(db, await officerOf(db, 'bench'), consultationId);
  await settleGroup(db);
  return grouped;
}

async function publish(db: Db, { consultationId }: Ground): Promise<void> {
  await signAndPublish(db, await officerOf(db, 'bench'), consultationId);
}

type Desk = Awaited<ReturnType<typeof openDesk>>;

async function openDesk(stage: Stage, pages: Record<string, string>) {
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const base = `http://127.0.0.1:${portal.port}`;
  const cookie = await signIn(base);
  const read = async (page: string) => {
    const began = performance.now();
    const response = await fetch(base + pages[page], { headers: { cookie }, redirect: 'manual' });
    await response.arrayBuffer();
    if (response.status !== 200)
      throw new Error(`${page}: ${response.status} ${response.headers.get('location')}`);
    return performance.now() - began;
  };
  return { pages, read, stop: portal.stop };
}

/** Signs the officer of a stage in; gives the cookie. */
export async function signIn(base: string): Promise<string> {
  const page = await fetch(`${base}/desk/sign-in`);
  const field = parse(await page.text()).querySelector('main input[name=_csrf]');
  const body = new URLSearchParams({ _csrf: field?.getAttribute('value') ?? '', login: 'bench', password });
  const headers = { cookie: cookieOf(page), 'sec-fetch-site': 'same-origin' };
  const answer = await fetch(`${base}/desk/sign-in`, { method: 'POST', body, headers, redirect: 'manual' });
  if (answer.status !== 303 && answer.status !== 302) throw new Error(`sign-in: ${answer.status}`);
  return cookieOf(answer) || cookieOf(page);
}

// Of cookies of one name the last counts.
function cookieOf(response: Response): string {
  return response.headers.getSetCookie().at(-1)?.split(';')[0] ?? '';
}

function pagesOf({ consultationId, clauseId, commentId, farId }: Ground): Record<string, string> {
  const base = `/desk/consultations/${consultationId}`;
  return {
    home: '/desk',
    consultation: base,
    list: `${base}/comments`,
    [farPage]: `${base}/comments?from=${farId}`,
    'list of a clause': `${base}/comments?clause=${clauseId}`,
    'list of a channel': `${base}/comments?channel=letter`,
    'list of undisposed': `${base}/comments?disposition=undisposed`,
    'list of mine': `${base}/comments?assigned=me`,
    'list of unassigned': `${base}/comments?assigned=none`,
    'list of hidden': `${base}/comments?screening=hidden`,
    'list of a stance': `${base}/comments?stance=amend`,
    'list of words that all hold': `${base}/comments?words=${encodeURIComponent('公示期')}`,
    'list of words that sixty hold': `${base}/comments?words=${encodeURIComponent('坡道')}`,
    'one comment': `${base}/comments/${commentId}`,
    channels: `${base}/channels`,
    notice: `${base}/notice`,
    letters: `${base}/letters`,
    versions: `${base}/versions`,
    orphans: `${base}/orphans`,
    groups: `${base}/groups`,
    entry: `${base}/entry`,
    'entry by table': `${base}/entry/sheet`,
    mail: `${base}/mail`,
  };
}
