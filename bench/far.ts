import { CompiledQuery } from 'kysely';
import type { Db } from '../src/db/session.ts';
import { signIn } from './desk.ts';
import { afterClosing, fillDesk, type Ground } from './desk-stored.ts';
import { type Figure, intervalOf, median, ratiosOf } from './figures.ts';
import { type Running, startPortal } from './process.ts';
import type { Stage } from './stage.ts';

const stored = { embedded: 20_000, postgresql: 100_000 } as const;
const pairs = 100;

/**
 * Page 1,000 of lists against page 1 (embedded: page 200), pair by pair, with the interval that holds the median of the
 * ratios in 95 of 100 runs, and the processor time of the portal.
 */
export async function measureFar(stage: Stage): Promise<Figure[]> {
  const count = stored[stage.kind];
  const ground = await stage.withDb(async (db) => {
    const filled = await fillDesk(db, count);
    await fillLists(db);
    return filled;
  });
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const lists = Object.entries(listsOf(stage, ground, count));
  const read = reader(portal, await signIn(`http://127.0.0.1:${portal.port}`));
  const figures: Figure[] = [];
  for (const [name, list] of lists) figures.push(await measureList(name, list, read));
  await portal.stop();
  return figures;
}

/** Addresses of a near and a far page; those that are kept once they were rendered differ from round to round. */
interface List {
  near(round: number): string;
  far(round: number): string;
}

function listsOf(
  stage: Stage,
  { consultationId, farId }: Ground,
  count: number,
): Readonly<Record<string, List>> {
  const base = `/desk/consultations/${consultationId}`;
  const shown = `/consultations/${stage.consultationNumber}/comments`;
  const middle = count / 2;
  const at = (near: string, far: string): List => ({ near: () => near, far: () => far });
  return {
    comments: at(`${base}/comments`, `${base}/comments?from=${farId}`),
    'comments, back': at(`${base}/comments`, `${base}/comments?until=${farId}`),
    'undisposed ones': at(
      `${base}/comments?disposition=undisposed`,
      `${base}/comments?disposition=undisposed&from=${farId}`,
    ),
    'members of a group': at(`${base}/groups/1`, `${base}/groups/1?after=${middle}`),
    traces: at(`${base}/audit`, `${base}/audit?before=${middle}`),
    letters: at(`${base}/letters`, `${base}/letters?before=${middle}`),
    'shown to the public': {
      near: (round) => `${shown}?before=${count - round}`,
      far: (round) => `${shown}?before=${middle - round}`,
    },
  };
}

interface Answer {
  readonly ms: number;
  readonly processor: number;
}

function reader(portal: Running, cookie: string): (address: string) => Promise<Answer> {
  return async (address) => {
    const [began, processor] = [performance.now(), portal.processorTime()];
    const response = await fetch(`http://127.0.0.1:${portal.port}${address}`, { headers: { cookie } });
    await response.arrayBuffer();
    if (response.status !== 200) throw new Error(`${address}: ${response.status}`);
    return { ms: performance.now() - began, processor: 1000 * (portal.processorTime() - processor) };
  };
}

async function measureList(
  name: string,
  list: List,
  read: (address: string) => Promise<Answer>,
): Promise<Figure> {
  const legs: Record<'near' | 'far', Answer[]> = { near: [], far: [] };
  for (let round = -10; round < pairs; round++)
    for (const leg of round % 2 === 0 ? (['near', 'far'] as const) : (['far', 'near'] as const)) {
      const answer = await read(list[leg](round + 10));
      if (round >= 0) legs[leg].push(answer);
    }
  const times = (leg: Answer[]) => leg.map(({ ms }) => ms);
  const processor = (leg: Answer[]) => leg.reduce((sum, each) => sum + each.processor, 0) / leg.length;
  const ratios = ratiosOf(times(legs.far), times(legs.near));
  const [low, high] = intervalOf(ratios).map((each) => each.toFixed(3));
  const [near, far] = [processor(legs.near).toFixed(1), processor(legs.far).toFixed(1)];
  return {
    name: `far: ${name}, a page far down / page 1`,
    ...{ ratios, atMost: 1, unit: 'ms' },
    legs: { 'page 1': [median(times(legs.near))], 'page 1,000': [median(times(legs.far))] },
    note: `${pairs} pairs, median within [${low}, ${high}]; Node ${far} of ${near} ms`,
  };
}

async function fillLists(db: Db): Promise<void> {
  for (const statement of before) await run(db, statement);
  // A statement may take ten seconds.
  for (const statement of ofEach) for (let tenth = 0; tenth < 10; tenth++) await run(db, statement, [tenth]);
  for (const statement of after) await run(db, statement);
}

async function run(db: Db, statement: string, values: readonly unknown[] = []): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}

// A group of all comments, a trace, a sent letter and a place before the public for each.
const before = [
  `insert into comment_groups (consultation_id, number, label, members, officer_id, created_at)
   select c.id, 1, '公示期', (select count(*) from comments), o.id, now() from consultations c, officers o`,
];
const ofEach = [
  `insert into comment_group_members (comment_id, group_id, joined, officer_id, created_at)
   select k.id, g.id, true, g.officer_id, now() from comments k, comment_groups g where k.id % 10 = $1`,
  `insert into ledger_entries (consultation_id, officer_id, agency_id, what, detail, created_at)
   select c.id, o.id, o.agency_id, 'tracesExported', '{}', now() from consultations c, officers o, comments k where k.id % 10 = $1`,
  `insert into letters (kind, submission_id, created_at, due_at, sent_at)
   select 'receipt', id, now(), now(), now() from submissions where id % 10 = $1`,
];
const after = [
  // Published consultations never change.
  'alter table announcements disable trigger user',
  'update announcements set shows_comments = true',
  'alter table announcements enable trigger user',
  'vacuum (analyze)',
];
