import { sql } from 'kysely';
import type { Announcement } from '../domain/announcement-issues.ts';
import type { Asks } from '../domain/comment.ts';
import type { ConsultationKind } from '../domain/consultation.ts';
import { dayOf } from '../domain/shanghai.ts';
import type { Trx } from './session.ts';

/** The next consultation number: year, dash, at least four digits (`2026-0007`). Gaps are possible. */
export async function nextConsultationNumber(trx: Trx, now: Date): Promise<string> {
  const { rows } = await sql<{ n: number }>`select nextval('consultation_numbers') as n`.execute(trx);
  return `${dayOf(now).slice(0, 4)}-${String(rows[0]?.n).padStart(4, '0')}`;
}

/** Adds an unpublished consultation with its announcement; gives its id. */
export async function startConsultationRow(
  trx: Trx,
  input: {
    readonly number: string;
    readonly agencyId: number;
    readonly kind: ConsultationKind;
    readonly opensAt: Date;
    readonly closesAt: Date | null;
    readonly createdBy: number;
    /** The round before it; absent for none. */
    readonly followsId?: number;
    readonly announcement: Announcement;
    readonly now: Date;
  },
): Promise<number> {
  const { id } = await trx
    .insertInto('consultations')
    .values({
      number: input.number,
      agency_id: input.agencyId,
      kind: input.kind,
      opens_at: input.opensAt,
      closes_at: input.closesAt,
      created_by: input.createdBy,
      created_at: input.now,
      published_by: null,
      published_at: null,
      withdrawn_at: null,
      withdrawn_reason: null,
      closed_at: null,
      publish_at: null,
      scheduled_by: null,
      publish_failed_at: null,
      follows_id: input.followsId ?? null,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  await trx
    .insertInto('announcements')
    .values({ consultation_id: id, ...announcementRow(input.announcement) })
    .execute();
  return id;
}

/** Writes period, kind and announcement of an unpublished consultation and counts its revision up. */
export async function updateConsultation(
  trx: Trx,
  id: number,
  input: {
    readonly kind: ConsultationKind;
    readonly opensAt: Date | null;
    readonly closesAt: Date | null;
    readonly announcement: Announcement;
    readonly asks: Asks;
    readonly showsComments: boolean;
  },
): Promise<void> {
  await trx
    .updateTable('consultations')
    .set((eb) => ({
      kind: input.kind,
      opens_at: input.opensAt,
      closes_at: input.closesAt,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
  await trx
    .updateTable('announcements')
    .set({ ...announcementRow(input.announcement), ...asksRow(input) })
    .where('consultation_id', '=', id)
    .execute();
}

/** Counts the revision up: whoever holds an older page is told. */
export async function touchConsultation(trx: Trx, id: number): Promise<void> {
  await trx
    .updateTable('consultations')
    .set((eb) => ({ revision: eb('revision', '+', 1) }))
    .where('id', '=', id)
    .execute();
}

/** Marks a consultation as published; a start that is past becomes now. */
export async function markPublished(trx: Trx, id: number, officerId: number, now: Date): Promise<void> {
  const arranged = { publish_at: null, scheduled_by: null, publish_failed_at: null };
  await trx
    .updateTable('consultations')
    .set((eb) => ({
      published_at: now,
      published_by: officerId,
      revision: eb('revision', '+', 1),
      ...arranged,
    }))
    .set({ opens_at: sql`greatest(opens_at, ${now})` })
    .where('id', '=', id)
    .execute();
}

/** Arranges that a consultation publishes itself, or (null) no longer. */
export async function setSchedule(
  trx: Trx,
  id: number,
  schedule: { readonly publishAt: Date; readonly officerId: number } | null,
): Promise<void> {
  await trx
    .updateTable('consultations')
    .set((eb) => ({
      publish_at: schedule?.publishAt ?? null,
      scheduled_by: schedule?.officerId ?? null,
      publish_failed_at: null,
      revision: eb('revision', '+', 1),
    }))
    .where('id', '=', id)
    .execute();
}

/** Notes that a consultation should have published itself and could not. */
export async function markPublicationFailed(trx: Trx, id: number, now: Date): Promise<void> {
  await setSchedule(trx, id, null);
  await trx.updateTable('consultations').set({ publish_failed_at: now }).where('id', '=', id).execute();
}

/** Marks a consultation as stopped, with the reason that the public reads. */
export async function markStopped(trx: Trx, id: number, reason: string, now: Date): Promise<void> {
  await trx
    .updateTable('consultations')
    .set({ withdrawn_at: now, withdrawn_reason: reason })
    .where('id', '=', id)
    .execute();
}

/** Marks a consultation as closed. */
export async function markClosed(trx: Trx, id: number, now: Date): Promise<void> {
  await trx.updateTable('consultations').set({ closed_at: now }).where('id', '=', id).execute();
}

function asksRow({ asks, showsComments }: { readonly asks: Asks; readonly showsComments: boolean }) {
  return {
    asks_name: asks.name,
    asks_phone: asks.phone,
    asks_email: asks.email,
    shows_comments: showsComments,
  };
}

function announcementRow(announcement: Announcement) {
  return {
    title: announcement.title,
    document_number: announcement.documentNumber,
    addressee: announcement.addressee,
    agency_name: announcement.agencyName,
    agency_short: announcement.agencyShort,
    site_name: announcement.siteName,
    purpose: announcement.purpose,
    draft_name: announcement.draftName,
    mailbox: announcement.mailbox,
    phone: announcement.phone,
    fax: announcement.fax,
    address: announcement.address,
    postcode: announcement.postcode,
    contact_person: announcement.contactPerson,
    announced_on: announcement.announcedOn || null,
    text: announcement.text,
    reason_for_shortening: announcement.reasonForShortening,
  };
}
