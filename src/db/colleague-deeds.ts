import { sql } from 'kysely';
import type { Deed } from './ledger.ts';
import type { Db } from './session.ts';

/** Which deeds are asked for, of an agency; what is left out is not asked about. */
export interface DeedsAsked {
  readonly agencyId: number;
  readonly consultationId?: number;
  readonly deeds?: readonly Deed[];
  /** What the ledger keeps of them: all that is named here. */
  readonly detail?: Readonly<Record<string, number>>;
  /** Deeds of this officer are left out. */
  readonly notBy?: number;
  readonly limit: number;
}

/** A deed as a colleague is told of it. */
export interface ColleagueDeed {
  readonly what: Deed;
  readonly detail: Readonly<Record<string, unknown>>;
  readonly at: Date;
  /** Null where nobody acted: the clock, or a citizen. */
  readonly officerId: number | null;
  readonly who: string;
  /** The officer it was done to; empty where it was done to none. */
  readonly about: string;
}

/** The latest deeds that fit, newest first. */
export async function latestDeeds(db: Db, asked: DeedsAsked): Promise<ColleagueDeed[]> {
  const { agencyId, consultationId, deeds, detail, notBy, limit } = asked;
  let query = db
    .selectFrom('ledger_entries as e')
    .leftJoin('officers as o', 'o.id', 'e.officer_id')
    .leftJoin('officers as t', (join) =>
      join.on('t.id', '=', sql<number>`coalesce(e.detail ->> 'colleague', e.detail ->> 'invited')::bigint`),
    )
    .select(['e.what', 'e.detail', 'e.created_at as at', 'e.officer_id as officerId'])
    .select([sql<string>`coalesce(o.name, '')`.as('who'), sql<string>`coalesce(t.name, '')`.as('about')])
    .where('e.agency_id', '=', agencyId);
  if (consultationId !== undefined) query = query.where('e.consultation_id', '=', consultationId);
  if (deeds) query = query.where('e.what', 'in', [...deeds]);
  if (detail) query = query.where(sql<boolean>`e.detail @> ${JSON.stringify(detail)}::jsonb`);
  if (notBy !== undefined) query = query.where(sql<boolean>`e.officer_id is distinct from ${notBy}::bigint`);
  const rows = await query.orderBy('e.id', 'desc').limit(limit).execute();
  return rows.map(({ what, detail, ...row }) => ({
    ...row,
    what: what as Deed,
    detail: detail as ColleagueDeed['detail'],
  }));
}
