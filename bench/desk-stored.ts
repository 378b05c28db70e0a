import { CompiledQuery } from 'kysely';
import { closeConsultation } from '../src/actions/close-consultations.ts';
import { hashPassword } from '../src/actions/passwords.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import type { Db } from '../src/db/session.ts';
import { dayMs } from '../src/domain/shanghai.ts';
import { fillWithComments } from './stored.ts';

export const password = 'a long enough password';

/** A time after the closing of the consultation of a stage: what the portal's clock has to show. */
export function afterClosing(): Date {
  return new Date(Date.now() + 61 * dayMs);
}

/** What the pages of a bench are about. */
export interface Ground {
  readonly consultationId: number;
  readonly clauseId: number;
  readonly commentId: number;
  /** The comment that page 1,000 of the list begins with, or the last page where there are fewer. */
  readonly farId: number;
}

/**
 * Stores so many comments of every channel, some late, some withdrawn, most screened and disposed of, some assigned,
 * closes the consultation, and lets the officer of the stage sign in. Every filter that is measured fills a page: pages
 * are compared that hold as much.
 */
export async function fillDesk(db: Db, count: number): Promise<Ground> {
  await fillWithComments(db, count);
  const consultationId = await numberOf(db, 'select id from consultations');
  await inTenths(db, mixed);
  await run(db, `update comments set text = text || '，并设无障碍坡道' where id <= 60`);
  await closeConsultation(db, consultationId, afterClosing());
  await inTenths(db, screened);
  await inTenths(db, disposed);
  await inTenths(db, assigned);
  await run(db, `update officers set password_hash = $1 where login = 'bench'`, [
    await hashPassword(password),
  ]);
  for (const _ of [1, 2]) await tallyComments(db);
  await run(db, 'vacuum (analyze)');
  const offset = Math.min(49_950, count - 50);
  return {
    consultationId,
    clauseId: await numberOf(db, `select min(id) as id from clauses where level = 'article'`),
    commentId: await numberOf(db, 'select max(id) as id from comments'),
    farId: await numberOf(
      db,
      `select k.id from comments k left join clauses l on l.id = k.clause_id
       order by coalesce(l.position, -1), coalesce(l.id, 0), k.id offset ${offset} limit 1`,
    ),
  };
}

const mixed = `
  update submissions set
    channel = case (hashint8(id) & 1023) % 20 when 1 then 'email' when 2 then 'letter' when 3 then 'phone' else 'online' end,
    dated_at = case when id % 97 = 0 then now() + interval '90 days' else now() end,
    withdrawn_at = case when id % 89 = 0 then now() end,
    consent = case id % 3 when 0 then 'withName' when 1 then 'withoutName' else 'no' end, name = '朱清和',
    email = 'zhu' || id || '@example.cn'
  where id % 10 = $1`;

const screened = `
  insert into screenings (comment_id, verdict, reason, officer_id, created_at)
  select k.id, case when (hashint8(k.id) & 1023) % 13 = 0 then 'hidden' else 'shown' end, '含有广告', o.id, now()
  from comments k, officers o where o.login = 'bench' and k.id % 5 <> 0 and k.id / 10 % 10 = $1`;

const disposed = `
  insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
  select k.id, (array['adopted', 'partlyAdopted', 'notAdopted'])[1 + k.id % 3], '已有规定', o.id, now()
  from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id,
    officers o
  where o.login = 'bench' and k.id % 10 <> 0 and s.withdrawn_at is null and s.dated_at < c.closes_at
    and k.id / 10 % 10 = $1`;

const assigned = `
  insert into comment_assignments (comment_id, to_officer_id, officer_id, created_at)
  select k.id, o.id, o.id, now() from comments k, officers o
  where o.login = 'bench' and k.id % 7 = 4 and k.id / 10 % 10 = $1`;

// A statement may take ten seconds.
async function inTenths(db: Db, statement: string): Promise<void> {
  for (let tenth = 0; tenth < 10; tenth++) await run(db, statement, [tenth]);
}

async function run(db: Db, statement: string, values: readonly unknown[] = []): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}

async function numberOf(db: Db, statement: string): Promise<number> {
  const { rows } = await db.executeQuery<{ id: number }>(CompiledQuery.raw(statement, []));
  return rows[0]?.id ?? 0;
}
