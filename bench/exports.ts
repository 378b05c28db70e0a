import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { CompiledQuery } from 'kysely';
import { closeConsultation } from '../src/actions/close-consultations.ts';
import { hashPassword } from '../src/actions/passwords.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import type { Db } from '../src/db/session.ts';
import { signIn } from './desk.ts';
import { afterClosing, password } from './desk-stored.ts';
import { type Figure, ratiosOf } from './figures.ts';
import { commentText } from './forms.ts';
import { startPortal } from './process.ts';
import type { Stage } from './stage.ts';

const rounds = 3;
const stored = { embedded: 50_000, postgresql: 1_000_000 } as const;

/**
 * How long the list of a million comments (embedded: 50,000) takes as CSV and as workbook, against COPY … TO STDOUT of the
 * same columns by psql, and how much more memory the portal needs for it than before.
 */
export async function measureExports(stage: Stage): Promise<Figure[]> {
  const count = stored[stage.kind];
  const id = await stage.withDb((db) => fill(db, count));
  const portal = await startPortal({ ...stage.settings, CLOCK: afterClosing().toISOString() });
  const base = `http://127.0.0.1:${portal.port}`;
  const cookie = await signIn(base);
  const read = async (file: string) => readAll(`${base}/desk/consultations/${id}/exports/${file}`, cookie);
  const before = portal.memory().now;
  const legs: Record<'csv' | 'copy' | 'xlsx', number[]> = { csv: [], copy: [], xlsx: [] };
  const url = stage.settings['DATABASE_URL'];
  for (let round = 0; round < rounds; round++) {
    legs.csv.push(await read('comments.csv'));
    if (url) legs.copy.push(await copy(url, id));
  }
  const afterCsv = portal.memory().highest;
  legs.xlsx.push(await read('comments.xlsx'));
  const afterXlsx = portal.memory().highest;
  await portal.stop();
  return [
    {
      name: `export of ${count.toLocaleString('en')} comments as CSV / COPY TO STDOUT`,
      ...(url ? { ratios: ratiosOf(legs.csv, legs.copy) } : {}),
      legs: { 'comments.csv': legs.csv, COPY: legs.copy, 'comments.xlsx': legs.xlsx },
      unit: 'ms',
      note: `memory of the portal: ${before} MB before, ${afterCsv} MB at most for CSV, ${afterXlsx} MB after the workbook`,
    },
  ];
}

async function readAll(address: string, cookie: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(address, { headers: { cookie } });
  if (response.status !== 200 || !response.body) throw new Error(`${address}: ${response.status}`);
  for await (const _ of response.body);
  return performance.now() - began;
}

async function copy(url: string, consultationId: number): Promise<number> {
  const began = performance.now();
  const statement = `copy (${exported(consultationId)}) to stdout with csv`;
  const psql = spawn('psql', [url, '--command', statement], { stdio: ['ignore', 'ignore', 'inherit'] });
  const [code] = await once(psql, 'exit');
  if (code !== 0) throw new Error(`psql ended with ${code}`);
  return performance.now() - began;
}

function exported(consultationId: number): string {
  return `select s.receipt_number, k.position, s.channel, s.received_at, s.withdrawn_at, s.dated_at, l.citation, k.stance,
      k.text, k.proposed_wording, k.quotation ->> 'exact', g.verdict, g.reason, d.outcome, d.reason, s.commenter_kind, s.consent
    from comments k join submissions s on s.id = k.submission_id left join clauses l on l.id = k.clause_id
    left join lateral (select verdict, reason from screenings where comment_id = k.id order by id desc limit 1) g on true
    left join lateral (select outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d on true
    where k.consultation_id = ${consultationId} order by k.id`;
}

async function fill(db: Db, count: number): Promise<number> {
  const id = await numberOf(db, 'select id from consultations');
  for (let from = 0; from < count; from += steps)
    await run(db, sent, [from + 1, Math.min(count, from + steps), commentText]);
  await closeConsultation(db, id, afterClosing());
  const first = await numberOf(db, 'select min(id) as id from comments');
  // Nothing is counted yet that a change would void.
  for (const table of ['screenings', 'dispositions'])
    await run(db, `alter table ${table} disable trigger user`);
  for (let from = first; from < first + count; from += steps) {
    await run(db, screened, [from, from + steps]);
    await run(db, disposed, [from, from + steps]);
  }
  for (const table of ['screenings', 'dispositions'])
    await run(db, `alter table ${table} enable trigger user`);
  const set = `update officers set password_hash = $1 where login = 'bench'`;
  await run(db, set, [await hashPassword(password)]);
  for (const table of ['submissions', 'comments', 'screenings', 'dispositions'])
    await run(db, `analyze ${table}`);
  for (const _ of [1, 2]) await tallyComments(db);
  return id;
}

// No statement may take fifteen seconds.
const steps = 4_000;

const sent = `
  with articles as (select draft_id, array_agg(id) as ids from clauses where level = 'article' group by draft_id),
  sent as (
    insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
      commenter_kind, name, phone, email, consent)
    select c.id, 'filled.' || n, c.number || '-f' || n, md5(n || 'receipt'), 'online', now(), now(),
      'individual', '', '', '', 'withoutName'
    from consultations c, generate_series($1::int, $2::int) as n where c.published_at is not null
    returning id, consultation_id)
  insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
  select s.id, s.consultation_id, a.draft_id, a.ids[1 + s.id % array_length(a.ids, 1)], 0, 'amend', $3 || s.id, ''
  from sent s, articles a`;

const screened = `
  insert into screenings (comment_id, verdict, reason, officer_id, created_at)
  select k.id, case when k.id % 13 = 0 then 'hidden' else 'shown' end, '含有广告', o.id, now()
  from comments k, officers o where o.login = 'bench' and k.id >= $1 and k.id < $2`;

const disposed = `
  insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
  select k.id, (array['adopted', 'partlyAdopted', 'notAdopted'])[1 + k.id % 3], '现行规定已经写明', o.id, now()
  from comments k, officers o where o.login = 'bench' and k.id >= $1 and k.id < $2`;

async function run(db: Db, statement: string, values: readonly unknown[] = []): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}

async function numberOf(db: Db, statement: string): Promise<number> {
  const { rows } = await db.executeQuery<{ id: number }>(CompiledQuery.raw(statement, []));
  return rows[0]?.id ?? 0;
}
