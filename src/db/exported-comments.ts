import { sql } from 'kysely';
import type { Channel, CommenterKind, Consent, Stance } from '../domain/comment.ts';
import type { Part } from '../domain/comment-filter.ts';
import type { Outcome } from '../domain/disposition.ts';
import type { ScreeningState } from '../domain/screening.ts';
import { isLate } from './late.ts';
import type { Db } from './session.ts';

/** A comment with all that an office takes away of it; names, phones and addresses are empty unless asked for. */
export interface ExportedComment {
  readonly id: number;
  readonly receiptNumber: string;
  /** Its place in its submission, from 0. */
  readonly position: number;
  readonly channel: Channel;
  readonly receivedAt: Date;
  readonly part: Part;
  /** As it is cited; empty for the whole draft. */
  readonly clause: string;
  readonly draftId: number;
  readonly stance: Stance;
  readonly text: string;
  readonly proposedWording: string;
  readonly quotation: string;
  readonly screening: ScreeningState;
  readonly screeningReason: string;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** The number of its group of alike ones, 0 for none. */
  readonly group: number;
  readonly commenterKind: CommenterKind;
  readonly consent: Consent;
  readonly name: string;
  readonly phone: string;
  readonly email: string;
}

/** What is exported: the comments of a consultation up to an id, with the people who sent them or without. */
export interface ExportScope {
  readonly consultationId: number;
  /** The newest comment; what comes later is not in it. */
  readonly upTo: number;
  readonly named: boolean;
}

/** The id of a consultation's newest comment, 0 for none. */
export async function newestComment(db: Db, consultationId: number): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    select coalesce(max(id), 0) as id from comments where consultation_id = ${consultationId}`.execute(db);
  return rows[0]?.id ?? 0;
}

/** Comments in the order they came, after one by id; any place costs the same. */
export async function exportedComments(
  db: Db,
  { consultationId, upTo, named }: ExportScope,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<ExportedComment[]> {
  const people = named ? sql`s.name, s.phone, s.email` : sql`'' as name, '' as phone, '' as email`;
  const { rows } = await sql<ExportedComment>`
    select k.id, s.receipt_number as "receiptNumber", k.position, s.channel, s.received_at as "receivedAt",
      case when ${isLate} then 'late' when s.withdrawn_at is not null then 'withdrawn' else 'standing' end as part,
      coalesce(l.citation, '') as clause, k.draft_id as "draftId", k.stance, k.text,
      k.proposed_wording as "proposedWording", coalesce(k.quotation ->> 'exact', '') as quotation,
      coalesce(g.verdict, 'waiting') as screening, coalesce(g.reason, '') as "screeningReason",
      d.outcome, coalesce(d.reason, '') as reason, coalesce(q.number, 0) as group,
      s.commenter_kind as "commenterKind", s.consent, ${people}
    from (select * from comments where consultation_id = ${consultationId} and id > ${after} and id <= ${upTo}
      order by id limit ${limit}) k
    join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id
    left join clauses l on l.id = k.clause_id
    left join lateral (select verdict, reason from screenings where comment_id = k.id order by id desc limit 1) g on true
    left join lateral (select outcome, reason from dispositions where comment_id = k.id order by id desc limit 1) d on true
    left join lateral (select group_id, joined from comment_group_members where comment_id = k.id
      order by id desc limit 1) m on m.joined
    left join comment_groups q on q.id = m.group_id
    order by k.id`.execute(db);
  return rows;
}
