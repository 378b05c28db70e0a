import type { Db } from './session.ts';

/** What each published consultation is found by: a line each for title, draft name, agency and number. */
export async function searchableTexts(db: Db): Promise<{ id: number; text: string }[]> {
  const rows = await db
    .selectFrom('consultations as c')
    .innerJoin('announcements as a', 'a.consultation_id', 'c.id')
    .where('c.published_at', 'is not', null)
    .select(['c.id', 'c.number', 'a.title', 'a.draft_name', 'a.agency_name'])
    .execute();
  return rows.map((row) => ({
    id: row.id,
    text: [row.title, row.draft_name, row.agency_name, row.number].join('\n'),
  }));
}

/** Full names of the agencies that have published a consultation, each once. */
export async function publishingAgencies(db: Db): Promise<string[]> {
  const rows = await db
    .selectFrom('announcements as a')
    .innerJoin('consultations as c', 'c.id', 'a.consultation_id')
    .where('c.published_at', 'is not', null)
    .select('a.agency_name')
    .distinct()
    .orderBy('a.agency_name')
    .execute();
  return rows.map((row) => row.agency_name);
}
