import { CompiledQuery } from 'kysely';
import { tallyLetters } from '../src/actions/tally-letters.ts';
import type { Db } from '../src/db/session.ts';

/** Where lists beside the comments are read. */
export interface Beside {
  /** A letter and a trace that page 1,000 begins below, or the last page where there are fewer. */
  readonly farLetter: number;
  readonly farTrace: number;
  readonly letterId: number;
  readonly searchId: number;
}

/**
 * Stores what stands beside comments and grows with them: a letter for each submission, one of sixteen set aside and one
 * waiting for a year, and a trace for each; and an administrator with the officer's password. What is alike was searched for.
 */
export async function fillBeside(db: Db): Promise<Beside> {
  const last = await numberOf(db, 'select max(id) as id from submissions');
  for (const statement of ofEach)
    for (let after = 0; after < last; after += atOnce) await run(db, statement, [after, after + atOnce]);
  await run(db, administrator);
  await settleLetters(db);
  return {
    farLetter: await numberOf(db, farDown('letters')),
    farTrace: await numberOf(db, farDown('ledger_entries')),
    letterId: await numberOf(db, 'select max(id) as id from letters'),
    searchId: await numberOf(db, 'select max(id) as id from group_searches'),
  };
}

/** Lets no letter be due while pages are measured, on a clock after the closing, and counts them as the background does. */
export async function settleLetters(db: Db): Promise<void> {
  const last = await numberOf(db, 'select max(id) as id from letters');
  for (let after = 0; after < last; after += atOnce) await run(db, notDue, [after, after + atOnce]);
  for (const _ of [1, 2]) await tallyLetters(db);
  await run(db, 'vacuum (analyze)');
}

// What page 1,000 begins below, or one of the last that a sixteenth of them fills, where there are fewer.
function farDown(table: string): string {
  return `select greatest(max(id) - 49950, min(id) + 800) as id from ${table}`;
}

// A statement may take ten seconds.
const atOnce = 5_000;

const notDue = `
  update letters set due_at = now() + interval '1 year'
  where sent_at is null and due_at < now() + interval '90 days' and id > $1 and id <= $2`;

const ofEach = [
  `insert into letters (kind, submission_id, created_at, due_at, attempts, sent_at, failed_at, last_error)
   select 'receipt', id, now(), now() + interval '1 year', case when id % 16 = 3 then 12 else 1 end,
     case when id % 16 not in (3, 5) then now() end, case when id % 16 = 3 then now() end,
     case when id % 16 = 3 then '550 (address) unknown' else '' end
   from submissions where id > $1 and id <= $2 order by id`,
  `insert into ledger_entries (consultation_id, officer_id, agency_id, what, detail, created_at)
   select c.id, o.id, o.agency_id, 'tracesExported', '{}', now() from consultations c, officers o, submissions s
   where s.id > $1 and s.id <= $2`,
];

const administrator = `
  insert into officers (agency_id, login, name, role, password_hash, created_at)
  select agency_id, 'administrator', '方令仪', 'administrator', password_hash, created_at from officers
  where login = 'bench'`;

async function run(db: Db, statement: string, values: readonly unknown[] = []): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}

async function numberOf(db: Db, statement: string): Promise<number> {
  const { rows } = await db.executeQuery<{ id: number }>(CompiledQuery.raw(statement, []));
  return rows[0]?.id ?? 0;
}
