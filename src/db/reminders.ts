import { sql } from 'kysely';
import type { Reminder } from '../domain/reminder.ts';
import type { Db, Trx } from './session.ts';

/** A consultation that officers may have to be reminded of. */
export interface Remindable {
  readonly id: number;
  readonly opensAt: Date;
  readonly closesAt: Date;
}

/** Published consultations, neither answered nor withdrawn, that close before an instant. */
export async function remindable(db: Db, closingBefore: Date): Promise<Remindable[]> {
  const { rows } = await sql<Remindable>`
    select c.id, c.opens_at as "opensAt", c.closes_at as "closesAt" from consultations c
    where c.published_at is not null and c.withdrawn_at is null and c.closes_at <= ${closingBefore}
      and not exists (select 1 from feedback_notices n join notice_publications p on p.notice_id = n.id
        where n.consultation_id = c.id)
    order by c.id`.execute(db);
  return rows;
}

/** The newest instant for which officers were reminded of each of these consultations. */
export async function lastReminded(db: Db, ids: readonly number[]): Promise<Map<number, Reminder[]>> {
  const { rows } = await sql<Reminder & { id: number }>`
    select consultation_id as id, kind, due_at as "dueAt" from reminders
    where consultation_id = any(${ids}::bigint[]) order by id`.execute(db);
  const found = new Map<number, Reminder[]>();
  for (const { id, ...reminder } of rows) found.set(id, [...(found.get(id) ?? []), reminder]);
  return found;
}

/** Notes a reminder; false when it was noted before. */
export async function insertReminder(
  trx: Trx,
  consultationId: number,
  { kind, dueAt }: Reminder,
  now: Date,
): Promise<boolean> {
  const row = await trx
    .insertInto('reminders')
    .values({ consultation_id: consultationId, kind, due_at: dueAt, created_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Who is reminded of an agency's consultation: its approvers and the officer who is responsible; instead of one whom no
 * letter reaches, its administrators. Nobody who does not want letters that remind.
 */
export async function officersToRemind(
  db: Db,
  { agencyId, responsibleId }: { readonly agencyId: number; readonly responsibleId: number },
): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select o.id from officers o
    where o.agency_id = ${agencyId} and ${reached}
      and (o.role = 'approver' or o.id = ${responsibleId} or (o.role = 'administrator' and not exists (
        select 1 from officers o where o.id = ${responsibleId} and ${reached})))
      and coalesce((select w.wanted from reminder_choices w where w.officer_id = o.id order by w.id desc limit 1), true)
    order by o.id`.execute(db);
  return rows.map(({ id }) => id);
}

const reached = sql<boolean>`o.disabled_at is null and o.email <> ''`;

/** Whether an officer wants letters that remind. */
export async function wantsReminders(db: Db, officerId: number): Promise<boolean> {
  const row = await db
    .selectFrom('reminder_choices')
    .select('wanted')
    .where('officer_id', '=', officerId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.wanted ?? true;
}

/** Notes what an officer wants. */
export async function insertReminderChoice(
  trx: Trx,
  officerId: number,
  wanted: boolean,
  now: Date,
): Promise<void> {
  await trx
    .insertInto('reminder_choices')
    .values({ officer_id: officerId, wanted, created_at: now })
    .execute();
}
