import { sql } from 'kysely';
import type { SetAside } from '../domain/mail.ts';
import type { Db, Trx } from './session.ts';

/** A message that was set aside, as the desk lists it. */
export interface ListedAside {
  readonly id: number;
  readonly mailbox: string;
  readonly receivedAt: Date;
  readonly reason: SetAside;
  readonly sender: string;
  readonly subject: string;
  readonly excerpt: string;
  /** Bytes, as it was sent. */
  readonly size: number;
  /** False once it was forgotten. */
  readonly hasBytes: boolean;
  /** Who left it aside, and when. */
  readonly decidedBy: string | null;
  readonly decidedAt: Date | null;
}

/** Where messages are listed: with their consultation, or those that are with none, by mailbox. */
export type AsidePlace = { readonly consultationId: number } | { readonly mailboxes: readonly string[] };

/** How many messages wait for an officer, and how many were left aside. */
export interface AsideCounts {
  readonly waiting: number;
  readonly left: number;
}

/** Counts what was set aside. */
export async function countAside(db: Db, place: AsidePlace): Promise<AsideCounts> {
  const { rows } = await sql<AsideCounts>`
    select (count(*) filter (where decided_at is null))::int as waiting, count(decided_at)::int as left
    from mail_messages m where state = 'setAside' and ${isAt(place)}`.execute(db);
  return rows[0] ?? { waiting: 0, left: 0 };
}

/** A page of what was set aside: what waits oldest first, or what was left latest first. */
export async function listAside(
  db: Db,
  place: AsidePlace,
  show: keyof AsideCounts,
  part: { readonly limit: number; readonly offset: number },
): Promise<ListedAside[]> {
  const [which, order] =
    show === 'waiting'
      ? [sql`decided_at is null`, sql`m.received_at, m.id`]
      : [sql`decided_at is not null`, sql`m.decided_at desc, m.id desc`];
  const { rows } = await sql<ListedAside>`
    select m.id, m.mailbox, m.received_at as "receivedAt", m.reason, m.sender, m.subject, m.excerpt, m.size,
      m.raw is not null as "hasBytes", o.name as "decidedBy", m.decided_at as "decidedAt"
    from mail_messages m left join officers o on o.id = m.decided_by
    where state = 'setAside' and ${which} and ${isAt(place)}
    order by ${order} limit ${part.limit} offset ${part.offset}`.execute(db);
  return rows;
}

function isAt(place: AsidePlace) {
  return 'consultationId' in place
    ? sql`m.consultation_id = ${place.consultationId}`
    : sql`m.consultation_id is null and m.mailbox = any(${place.mailboxes}::text[])`;
}

/** A message that was set aside and is an agency's: with a consultation of theirs, or in a mailbox they name. */
export async function asideMessage(
  db: Db,
  agencyId: number,
  id: number,
): Promise<
  | {
      readonly mailbox: string;
      readonly consultationId: number | null;
      readonly reason: SetAside;
      readonly raw: Buffer | null;
    }
  | undefined
> {
  const { rows } = await sql<NonNullable<Awaited<ReturnType<typeof asideMessage>>>>`
    select m.mailbox, m.consultation_id as "consultationId", m.reason, m.raw from mail_messages m
    where m.id = ${id} and m.state = 'setAside' and ${isOf(agencyId)}`.execute(db);
  return rows[0];
}

/** The bytes that are kept of an agency's message: how many; undefined where there are none. */
export async function keptBytes(db: Db, agencyId: number, id: number): Promise<number | undefined> {
  const { rows } = await sql<{ size: number }>`
    select length(m.raw) as size from mail_messages m
    where m.id = ${id} and m.raw is not null and ${isOf(agencyId)}`.execute(db);
  return rows[0]?.size;
}

function isOf(agencyId: number) {
  return sql`case when m.consultation_id is null
    then exists (select from announcements a join consultations c on c.id = a.consultation_id
      where c.agency_id = ${agencyId} and lower(a.mailbox) = m.mailbox)
    else exists (select from consultations c where c.id = m.consultation_id and c.agency_id = ${agencyId}) end`;
}

const pieceSize = 512 * 1024;

/** The bytes of a message, piece by piece. */
export async function* messagePieces(db: Db, id: number, size: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < size; at += pieceSize) {
    const { piece } = await db
      .selectFrom('mail_messages')
      .select(sql<Buffer>`substring(raw from ${at + 1} for ${pieceSize})`.as('piece'))
      .where('id', '=', id)
      .executeTakeFirstOrThrow();
    yield piece;
  }
}

/** Holds a message that is still set aside; undefined when it is not. */
export async function holdAsideMessage(trx: Trx, id: number) {
  return trx
    .selectFrom('mail_messages')
    .select(['mailbox', 'message_id as messageId', 'digest', 'received_at as receivedAt', 'raw'])
    .select('decided_at as decidedAt')
    .where('id', '=', id)
    .where('state', '=', 'setAside')
    .forUpdate()
    .executeTakeFirst();
}

/** How many comments wait for an officer's word on their clause, and how many messages to be taken or left. */
export interface MailWaits {
  readonly clauses: number;
  readonly messages: number;
}

/** What waits in the mail of consultations, by id; nothing has no entry. */
export async function mailWaits(db: Db, consultationIds: readonly number[]): Promise<Map<number, MailWaits>> {
  const { rows } = await sql<MailWaits & { id: number }>`
    select id, sum(clauses)::int as clauses, sum(messages)::int as messages from (
      select k.consultation_id as id, 1 as clauses, 0 as messages
      from comments k join submissions s on s.id = k.submission_id
      where k.clause_from = 'guess' and s.withdrawn_at is null and k.consultation_id = any(${consultationIds}::bigint[])
      union all
      select consultation_id, 0, 1 from mail_messages
      where state = 'setAside' and decided_at is null and consultation_id = any(${consultationIds}::bigint[])
    ) as waiting group by id`.execute(db);
  return new Map(rows.map(({ id, ...waits }) => [id, waits]));
}
