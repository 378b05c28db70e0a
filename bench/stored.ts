import { CompiledQuery } from 'kysely';
import type { Db } from '../src/db/session.ts';
import { commentText } from './forms.ts';

/**
 * Stores so many submissions with a comment each in the open consultation, a tenth on the first article, the others spread over
 * all of them; in SQL alone.
 */
export async function fillWithComments(db: Db, count: number): Promise<void> {
  const steps = 10_000;
  for (let done = 0; done < count; done += steps) {
    await run(db, submissions, [done + 1, Math.min(count, done + steps)]);
    await run(db, comments, [done + 1, Math.min(count, done + steps), commentText]);
  }
  await run(db, 'vacuum (analyze) submissions', []);
  await run(db, 'vacuum (analyze) comments', []);
}

const submissions = `
  insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
    commenter_kind, name, phone, email, consent)
  select c.id, 'filled.' || md5(n::text), c.number || '-f' || n, md5(n::text || 'receipt'), 'online', now(), now(),
    'individual', '', '', '', 'withoutName'
  from consultations c, generate_series($1::int, $2::int) as n where c.published_at is not null`;

const comments = `
  insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
  select s.id, s.consultation_id, d.id, l.ids[case when n % 10 = 0 then 1 else 1 + n % array_length(l.ids, 1) end], 0, 'amend', $3 || n, ''
  from generate_series($1::int, $2::int) as n
  join submissions s on s.form_token = 'filled.' || md5(n::text)
  join drafts d on d.consultation_id = s.consultation_id
  join (select draft_id, array_agg(id) as ids from clauses where level = 'article' group by draft_id) l
    on l.draft_id = d.id`;

async function run(db: Db, statement: string, values: readonly unknown[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}
