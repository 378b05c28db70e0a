import { sql } from 'kysely';
import type { ComparedPart } from '../domain/groups/leaders.ts';
import type { Db } from './session.ts';

/** What a search compared before it broke off, from the first text on; `mark` says of which comments. */
export async function comparedTexts(db: Db, searchId: number, mark: string): Promise<number[]> {
  const rows = await db
    .selectFrom('compared_texts')
    .select(['from_text as from', 'leaders'])
    .where('search_id', '=', searchId)
    .where('mark', '=', mark)
    .orderBy('from_text')
    .execute();
  const all: number[] = [];
  for (const { from, leaders } of rows) {
    if (from !== all.length) break;
    for (const leader of leaders) all.push(leader);
  }
  return all;
}

/** Keeps what a search has compared; a part that is there stays. */
export async function keepCompared(
  db: Db,
  { searchId, mark }: { readonly searchId: number; readonly mark: string },
  { from, leaders }: ComparedPart,
): Promise<void> {
  await sql`
    insert into compared_texts (search_id, mark, from_text, leaders)
    values (${searchId}, ${mark}, ${from}, ${[...leaders]}::int[]) on conflict do nothing`.execute(db);
}

/** Forgets what a search has compared. */
export async function forgetCompared(db: Db, searchId: number): Promise<void> {
  await db.deleteFrom('compared_texts').where('search_id', '=', searchId).execute();
}
