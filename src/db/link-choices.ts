import type { LinkTarget, MadeChoice } from '../domain/versions/chosen.ts';
import type { Db, Trx } from './session.ts';

/** Keeps an officer's correction of what becomes of one clause of the newest published version. */
export async function insertLinkChoice(
  trx: Trx,
  choice: {
    readonly consultationId: number;
    readonly draftId: number;
    readonly fromClauseId: number;
    readonly targets: readonly LinkTarget[];
    readonly officerId: number;
  },
  now: Date,
): Promise<void> {
  await trx
    .insertInto('link_choices')
    .values({
      consultation_id: choice.consultationId,
      draft_id: choice.draftId,
      from_clause_id: choice.fromClauseId,
      targets: JSON.stringify(choice.targets),
      officer_id: choice.officerId,
      created_at: now,
    })
    .execute();
}

/** The corrections made against a published version since the work on the next one began, oldest first. */
export async function linkChoices(db: Db, draftId: number): Promise<MadeChoice[]> {
  const rows = await db
    .selectFrom('link_choices as k')
    .innerJoin('clauses as c', 'c.id', 'k.from_clause_id')
    .select(['c.address', 'k.targets', 'k.officer_id'])
    .where('k.draft_id', '=', draftId)
    .where('k.created_at', '>=', (eb) =>
      eb
        .selectFrom('draft_edits as e')
        .select(({ fn }) => fn.max('e.created_at').as('begun_at'))
        .whereRef('e.consultation_id', '=', 'k.consultation_id')
        .where('e.what', '=', 'begun'),
    )
    .orderBy('k.id')
    .execute();
  return rows.map((row) => ({ from: row.address, targets: row.targets, officerId: row.officer_id }));
}
