import type pg from 'pg';

/** How a fuzz ended: answers that were not the right one, and whether the table holds exactly what was committed. */
export interface FuzzResult {
  steps: number;
  wrong: string[];
  committed: number[];
  found: number[];
}

/** Random numbers from 0 (included) to 1, the same for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Six clients at once send good, failing, rolled-back and broken-off work, each checking every answer. */
export async function fuzz(pool: pg.Pool, seed: number, stepsEach = 300): Promise<FuzzResult> {
  await pool.query('drop table if exists fuzz; create table fuzz (k int primary key)');
  pool.on('connect', (client) => client.on('error', () => {}));
  const random = randomFrom(seed);
  const wrong: string[] = [];
  const committed: number[] = [];
  let count = 0;
  const client = async () => {
    for (let step = 0; step < stepsEach; step++) {
      count += 1;
      const n = count;
      const [name, deed] = DEEDS[Math.floor(random() * DEEDS.length)] as (typeof DEEDS)[number];
      const answer = await deed(pool, n).catch((error: pg.DatabaseError) => error.code ?? error.message);
      if (answer === 'committed') committed.push(n);
      else if (answer !== 'right') wrong.push(`${name}: ${answer}`);
    }
  };
  await Promise.all(Array.from({ length: 6 }, client));
  const { rows } = await pool.query<{ k: number }>('select k from fuzz order by k');
  return { steps: count, wrong, committed: committed.sort((a, b) => a - b), found: rows.map((row) => row.k) };
}

type Deed = (pool: pg.Pool, n: number) => Promise<string>;

const DEEDS: [string, Deed][] = [
  ['parameter', async (pool, n) => is((await pool.query('select $1::int as a', [n])).rows[0]?.a, n)],
  ['simple query', async (pool, n) => is((await pool.query(`select ${n} as a`)).rows[0]?.a, n)],
  ['named statement', async (pool, n) => is((await pool.query(named(n))).rows[0]?.a, n)],
  ['long answer', async (pool, n) => is((await pool.query(longAnswer, [n])).rows.length, 3000)],
  ['syntax error', (pool, n) => fails('42601', pool.query(`selec ${n}`))],
  ['failing parameter', (pool) => fails('22012', pool.query('select 1 / $1::int', [0]))],
  ['asked on after errors', (pool, n) => withClient(pool, (client) => askOn(client, n))],
  ['answer in portions', (pool, n) => withClient(pool, (client) => inPortions(client, n))],
  ['commit', (pool, n) => withClient(pool, (client) => insert(client, n, 'commit'))],
  ['rollback', (pool, n) => withClient(pool, (client) => insert(client, n, 'rollback'))],
  ['broken off', (pool, n) => withClient(pool, (client) => insert(client, n, 'leave'), true)],
  ['broken off in an answer', (pool, n) => withClient(pool, async (client) => leaveAsking(client, n), true)],
  ['setting left behind', (pool) => withClient(pool, leaveSetting, true)],
  ['no setting found', (pool) => withClient(pool, findNoSetting)],
  ['failed transaction', (pool, n) => withClient(pool, (client) => failInside(client, n))],
];

const longAnswer = `select repeat(md5($1::int::text), 3) as a from generate_series(1, 3000)`;
const named = (n: number) => ({ name: 'same', text: 'select $1::int as a', values: [n] });

async function withClient(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<string>,
  destroy = false,
): Promise<string> {
  const client = await pool.connect();
  try {
    return await work(client);
  } finally {
    client.release(destroy);
  }
}

async function insert(
  client: pg.PoolClient,
  n: number,
  end: 'commit' | 'rollback' | 'leave',
): Promise<string> {
  await client.query('begin');
  await client.query('insert into fuzz values ($1)', [n]);
  if (end !== 'leave') await client.query(end);
  return end === 'commit' ? 'committed' : 'right';
}

async function failInside(client: pg.PoolClient, n: number): Promise<string> {
  await insert(client, n, 'leave');
  const doubled = await fails('23505', client.query('insert into fuzz values ($1)', [n]));
  const refused = await fails('25P02', client.query('select 1'));
  const ended = await client.query('commit');
  return [doubled, refused, is(ended.command, 'ROLLBACK')].find((answer) => answer !== 'right') ?? 'right';
}

async function askOn(client: pg.PoolClient, n: number): Promise<string> {
  const parsed = await fails('42601', client.query('selec $1', [n]));
  const divided = await fails('22012', client.query('select 1 / $1::int', [0]));
  const { rows } = await client.query('select $1::int as a', [n]);
  return [parsed, divided, is(rows[0]?.a, n)].find((answer) => answer !== 'right') ?? 'right';
}

async function inPortions(client: pg.PoolClient, n: number): Promise<string> {
  const config: pg.QueryConfig & { rows: number } = {
    text: 'select generate_series($1::int, $1 + 24) as a',
    values: [n],
    rows: 10,
  };
  const { rows } = await client.query(config);
  return is(rows.map((row) => row.a).join(), Array.from({ length: 25 }, (_, index) => n + index).join());
}

async function leaveAsking(client: pg.PoolClient, n: number): Promise<string> {
  client.query(longAnswer, [n]).catch(() => {});
  return 'right';
}

async function leaveSetting(client: pg.PoolClient): Promise<string> {
  await client.query(`set application_name = 'left behind'`);
  return 'right';
}

async function findNoSetting(client: pg.PoolClient): Promise<string> {
  const { rows } = await client.query('show application_name');
  return rows[0]?.application_name === 'left behind' ? 'found what another connection set' : 'right';
}

function is(given: unknown, wanted: unknown): string {
  return given === wanted ? 'right' : `${given} instead of ${wanted}`;
}

function fails(code: string, work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'succeeded',
    (error: pg.DatabaseError) => is(error.code, code),
  );
}
