import { CompiledQuery } from 'kysely';
import { tallyLetters } from '../src/actions/tally-letters.ts';
import type { Db } from '../src/db/session.ts';

/** Where lists beside the comments are read. */
export interface Beside {
  /** A letter and a trace that page 1,000 begins below, or page 1 where there are fewer. */
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
  for (const statement of statements) await run(db, statement);
  await settleLetters(db);
  return {
    farLetter: await numberOf(
      db,
      `select case when max(id) > 50000 then max(id) - 49950 else max(id) + 1 end as id from letters`,
    ),
    farTrace: await numberOf(
      db,
      `select case when max(id) > 50000 then max(id) - 49950 else max(id) + 1 end as id from ledger_entries`,
    ),
    letterId: await numberOf(db, 'select max(id) as id from letters'),
    searchId: await numberOf(db, 'select max(id) as id from group_searches'),
  };
}

/** Lets no letter be due while pages are measured, and counts them as the background does. */
export async function settleLetters(db: Db): Promise<void> {
  await run(
    db,
    `update letters set due_at = now() + interval '1 year' where sent_at is null and due_at < now()`,
  );
  for (const _ of [1, 2]) await tallyLetters(db);
  await run(db, 'vacuum (analyze)');
}

const statements = [
  `insert into letters (kind, submission_id, created_at, due_at, attempts)
   select 'receipt', id, now(), now() + interval '1 year', 1 from submissions order by id`,
  'update letters set sent_at = now() where id % 16 not in (3, 5)',
  `update letters set failed_at = now(), attempts = 12, last_error = '550 (address) unknown' where id % 16 = 3`,
  `insert into ledger_entries (consultation_id, officer_id, agency_id, what, detail, created_at)
   select c.id, o.id, o.agency_id, 'tracesExported', '{}', now() from consultations c, officers o, submissions`,
  `insert into officers (agency_id, login, name, role, password_hash, created_at)
   select agency_id, 'administrator', '方令仪', 'administrator', password_hash, created_at from officers
   where login = 'bench'`,
];

async function run(db: Db, statement: string): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, []));
}

async function numberOf(db: Db, statement: string): Promise<number> {
  const { rows } = await db.executeQuery<{ id: number }>(CompiledQuery.raw(statement, []));
  return rows[0]?.id ?? 0;
}
