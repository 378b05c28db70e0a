import { CompiledQuery } from 'kysely';
import type { Db } from '../src/db/session.ts';
import { commentText } from './forms.ts';

/**
 * Stores so many submissions with a comment each in the open consultation, a tenth on the first article, the others spread over
 * all of them; in SQL alone.
 */
export async function fillWithComments(db: Db, count: number): Promise<void> {
  for (let done = 0; done < count; done += steps)
    await run(db, sent, [done + 1, Math.min(count, done + steps), commentText]);
  await run(db, 'vacuum (analyze) submissions', []);
  await run(db, 'vacuum (analyze) comments', []);
}

// A statement may take ten seconds; and nothing is looked up in tables that the planner takes for empty.
const steps = 2_000;

const sent = `
  with articles as (
    select draft_id, array_agg(id order by id) as ids from clauses where level = 'article' group by draft_id),
  stored as (
    insert into submissions (consultation_id, form_token, receipt_number, receipt_token, channel, received_at, dated_at,
      commenter_kind, name, phone, email, consent)
    select c.id, 'filled.' || md5(n::text), c.number || '-f' || n, md5(n::text || 'receipt'), 'online', now(), now(),
      'individual', '', '', '', 'withoutName'
    from consultations c, generate_series($1::int, $2::int) as n where c.published_at is not null
    returning id, consultation_id, split_part(receipt_number, '-f', 2)::int as n)
  insert into comments (submission_id, consultation_id, draft_id, clause_id, position, stance, text, proposed_wording)
  select s.id, s.consultation_id, a.draft_id,
    a.ids[case when n % 10 = 0 then 1 else 1 + n % array_length(a.ids, 1) end], 0, 'amend', $3 || n, ''
  from stored s join drafts d on d.consultation_id = s.consultation_id join articles a on a.draft_id = d.id`;

async function run(db: Db, statement: string, values: readonly unknown[]): Promise<void> {
  await db.executeQuery(CompiledQuery.raw(statement, [...values]));
}
