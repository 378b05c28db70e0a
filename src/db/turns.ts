import { sql } from 'kysely';
import type { ApprovalStep } from '../domain/approval.ts';
import { isKept } from './kept-notices.ts';
import { workOnDraft } from './ledger.ts';
import type { Db } from './session.ts';

type Ids = readonly number[];

/** Consultations whose newest notice, a correction, is not published yet. */
export async function correctionsOpen(db: Db, ids: Ids): Promise<Set<number>> {
  if (ids.length === 0) return new Set();
  const { rows } = await sql<{ id: number }>`
    select n.consultation_id as id from feedback_notices n
    where n.consultation_id = any(${ids}::bigint[]) and n.sequence > 1 and ${isKept}
      and not exists (select 1 from notice_publications p where p.notice_id = n.id)`.execute(db);
  return new Set(rows.map(({ id }) => id));
}

/** The latest step towards approval, and who prepared what is to be approved: none of them may approve it. */
export interface ApprovalTurn {
  readonly step: ApprovalStep;
  readonly preparers: readonly number[];
}

/** Where the approval of each consultation stands; nothing was asked for those without an entry. */
export async function approvalTurns(db: Db, ids: Ids): Promise<Map<number, ApprovalTurn>> {
  if (ids.length === 0) return new Map();
  const { rows } = await sql<ApprovalTurn & { id: number }>`
    select a.consultation_id as id, a.step, coalesce((select array_agg(distinct e.officer_id) from ledger_entries e
      where e.consultation_id = a.consultation_id and e.officer_id is not null
        and e.what = any(${workOnDraft}::text[])), '{}') as preparers
    from (select distinct on (consultation_id) consultation_id, step from approvals
      where consultation_id = any(${ids}::bigint[]) order by consultation_id, approvals.id desc) a`.execute(
    db,
  );
  return new Map(rows.map(({ id, step, preparers }) => [id, { step, preparers: preparers.map(Number) }]));
}
