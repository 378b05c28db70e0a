import { sql } from 'kysely';
import type { Deed } from './ledger.ts';
import type { Db } from './session.ts';

/** Which traces of an agency are asked for; what is null is not asked about. */
export interface AuditFilter {
  readonly agencyId: number;
  readonly officerId: number | null;
  readonly what: Deed | null;
  /** A consultation by its id, or by its number. */
  readonly consultation: { readonly id: number } | { readonly number: string } | null;
  /** From the first instant up to, and without, the second. */
  readonly from: Date | null;
  readonly until: Date | null;
}

export interface AuditEntry {
  readonly id: number;
  readonly at: Date;
  readonly what: Deed;
  readonly detail: Readonly<Record<string, unknown>>;
  /** Empty where nobody acted: a citizen, or the clock. */
  readonly who: string;
  readonly login: string;
  /** The officer it was done to; empty where it was done to none. */
  readonly about: string;
  /** From where; empty where it did not come over the web. */
  readonly origin: string;
  /** The consultation, null where it was about none. */
  readonly consultation: { readonly id: number; readonly number: string; readonly draftName: string } | null;
}

/** Traces that fit, newest first, those before `before` (an entry's id; null: from the newest on). */
export async function auditEntries(
  db: Db,
  filter: AuditFilter,
  page: { readonly before: number | null; readonly limit: number },
): Promise<AuditEntry[]> {
  let query = db
    .selectFrom('ledger_entries as e')
    .leftJoin('officers as o', 'o.id', 'e.officer_id')
    .leftJoin('officers as t', (join) =>
      join.on('t.id', '=', sql<number>`coalesce(e.detail ->> 'colleague', e.detail ->> 'invited')::bigint`),
    )
    .leftJoin('consultations as c', 'c.id', 'e.consultation_id')
    .leftJoin('announcements as a', 'a.consultation_id', 'c.id')
    .select([
      'e.id',
      'e.what',
      'e.detail',
      'e.origin',
      'e.created_at',
      'o.name',
      'o.login',
      't.name as about',
    ])
    .select(['c.id as consultation_id', 'c.number', 'a.draft_name'])
    .where('e.agency_id', '=', filter.agencyId);
  const { officerId, what, consultation, from, until } = filter;
  if (officerId !== null) query = query.where('e.officer_id', '=', officerId);
  if (what) query = query.where('e.what', '=', what);
  if (consultation)
    query =
      'id' in consultation
        ? query.where('e.consultation_id', '=', consultation.id)
        : query.where('c.number', '=', consultation.number);
  if (from) query = query.where('e.created_at', '>=', from);
  if (until) query = query.where('e.created_at', '<', until);
  if (page.before !== null) query = query.where('e.id', '<', page.before);
  return (await query.orderBy('e.id', 'desc').limit(page.limit).execute()).map(toEntry);
}

interface Row {
  readonly id: number;
  readonly what: string;
  readonly detail: object;
  readonly origin: string;
  readonly created_at: Date;
  readonly name: string | null;
  readonly login: string | null;
  readonly about: string | null;
  readonly consultation_id: number | null;
  readonly number: string | null;
  readonly draft_name: string | null;
}

function toEntry(row: Row): AuditEntry {
  const { consultation_id: id, number, draft_name } = row;
  return {
    id: row.id,
    at: row.created_at,
    what: row.what as Deed,
    detail: row.detail as AuditEntry['detail'],
    who: row.name ?? '',
    login: row.login ?? '',
    about: row.about ?? '',
    origin: row.origin,
    consultation: id === null ? null : { id, number: number ?? '', draftName: draft_name ?? '' },
  };
}
