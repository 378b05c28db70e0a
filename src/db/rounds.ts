import { sql } from 'kysely';
import type { Db } from './session.ts';

/** A published round of what is put to the public several times, in their order from 1. */
export interface Round {
  readonly nr: number;
  readonly number: string;
}

/** The published rounds that a consultation is one of, itself included; just itself where it is the only one. */
export async function roundsOf(db: Db, consultationId: number): Promise<Round[]> {
  const { rows } = await sql<Round>`
    with recursive before as (
      select id, follows_id, 0 as back from consultations where id = ${consultationId}
      union all
      select c.id, c.follows_id, back + 1 from before join consultations c on c.id = before.follows_id
    ), rounds as (
      (select id, 1 as nr from before order by back desc limit 1)
      union all
      select c.id, nr + 1 from rounds join consultations c on c.follows_id = rounds.id
    )
    select nr, number from rounds join consultations using (id) where published_at is not null order by nr`.execute(
    db,
  );
  return rows;
}

/** The round that follows a consultation, published or not, or undefined. */
export function nextRoundOf(db: Db, consultationId: number): Promise<{ readonly id: number } | undefined> {
  return db
    .selectFrom('consultations')
    .select('id')
    .where('follows_id', '=', consultationId)
    .executeTakeFirst();
}
