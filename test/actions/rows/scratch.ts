import { sql } from 'kysely';
import type { Db } from '../../../src/db/session.ts';

/** A comment as the tables have it, with nothing that is kept. */
export interface Scratch {
  readonly id: number;
  readonly submissionId: number;
  readonly stands: boolean;
  readonly position: number;
  readonly clauseId: number;
  readonly channel: string;
  readonly group: number | null;
  readonly outcome: string | null;
  readonly reason: string;
  readonly seen: number;
  readonly unprinted: boolean;
}

/** The comments of a consultation in the order of its notice. */
export async function scratch(db: Db, consultationId: number): Promise<Scratch[]> {
  const { rows } = await sql<Scratch>`
    select k.id, s.id as "submissionId", s.withdrawn_at is null and s.dated_at < c.closes_at as stands, s.channel,
      coalesce(l.position, -1) as position, coalesce(k.clause_id, 0) as "clauseId",
      (select case when joined then group_id end from comment_group_members where comment_id = k.id
        order by id desc limit 1) as group,
      (select outcome from dispositions where comment_id = k.id order by id desc limit 1) as outcome,
      coalesce((select reason from dispositions where comment_id = k.id order by id desc limit 1), '') as reason,
      coalesce((select max(id) from dispositions where comment_id = k.id), 0) as seen,
      s.consent = 'no' or coalesce((select verdict = 'hidden' from screenings where comment_id = k.id
        order by id desc limit 1), false) as unprinted
    from comments k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join clauses l on l.id = k.clause_id where k.consultation_id = ${consultationId}
    order by position, "clauseId", k.id`.execute(db);
  return rows;
}
