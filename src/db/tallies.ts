import { sql } from 'kysely';
import type { Tally } from '../domain/tallies.ts';
import type { Count } from '../domain/totals.ts';
import { isLate } from './comment-counts.ts';
import type { Db } from './session.ts';

/** What a consultation received, counted by channel, part, screening and disposition, in one pass. */
export async function talliesOf(db: Db, consultationId: number): Promise<Tally[]> {
  const { rows } = await sql<Row>`
    select s.channel, ${isLate} as late, s.withdrawn_at is not null as withdrawn, g.verdict, d.outcome,
      (count(*) filter (where k.position = 0))::int as submissions, count(*)::int as comments
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join screenings g on g.comment_id = k.id
      and not exists (select 1 from screenings later where later.comment_id = k.id and later.id > g.id)
    left join dispositions d on d.comment_id = k.id
      and not exists (select 1 from dispositions later where later.comment_id = k.id and later.id > d.id)
    where k.consultation_id = ${consultationId} group by 1, 2, 3, 4, 5`.execute(db);
  return rows.map(({ channel, late, withdrawn, verdict, outcome, submissions, comments }) => ({
    ...{ channel, submissions, comments },
    part: late ? 'late' : withdrawn ? 'withdrawn' : 'standing',
    screening: verdict ?? 'waiting',
    disposition: outcome ?? 'undisposed',
  }));
}

interface Row extends Count {
  readonly channel: Tally['channel'];
  readonly late: boolean;
  readonly withdrawn: boolean;
  readonly verdict: 'shown' | 'hidden' | null;
  readonly outcome: Exclude<Tally['disposition'], 'undisposed'> | null;
}

/** What a consultation received, counted by itself: what everything else has to add up to. */
export async function receivedCount(db: Db, consultationId: number): Promise<Count> {
  const { rows } = await sql<Count>`
    select (select count(*)::int from submissions where consultation_id = ${consultationId}) as submissions,
      (select count(*)::int from comments where consultation_id = ${consultationId}) as comments`.execute(db);
  return rows[0] ?? { submissions: 0, comments: 0 };
}

/** A mark that changes with every screening, redaction and disposition of a consultation's comments. */
export async function rowsMark(db: Db, consultationId: number): Promise<string> {
  const latest = (table: string) => sql`
    (select coalesce(max(w.id), 0) from ${sql.table(table)} w join comments k on k.id = w.comment_id
      where k.consultation_id = ${consultationId})`;
  const { rows } = await sql<{ mark: string }>`
    select concat_ws(' ', ${latest('dispositions')}, ${latest('screenings')}, ${latest('redactions')}) as mark`.execute(
    db,
  );
  return rows[0]?.mark ?? '';
}

/** Ids of the clauses that comments were made on, of every version. */
export async function commentedClauses(db: Db, consultationId: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select l.id from clauses l join drafts d on d.id = l.draft_id
    where d.consultation_id = ${consultationId} and exists (select 1 from comments where clause_id = l.id)
    order by l.position, l.id`.execute(db);
  return rows.map(({ id }) => id);
}
