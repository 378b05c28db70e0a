import { sql } from 'kysely';
import type { Announcement } from '../domain/announcement-issues.ts';
import type { Consultation } from './consultations.ts';
import type { Db } from './session.ts';

/** Asks for consultations `c` with their announcements `a`, and what is known of them elsewhere. */
export function consultationQuery(db: Db) {
  return db
    .selectFrom('consultations as c')
    .innerJoin('announcements as a', 'a.consultation_id', 'c.id')
    .select(['c.id', 'c.number', 'c.agency_id', 'c.kind', 'c.revision', 'c.opens_at', 'c.closes_at'])
    .select(['c.closed_at', 'c.created_by', 'c.published_by', 'c.published_at', 'c.withdrawn_at'])
    .select(['c.withdrawn_reason', 'c.publish_at', 'c.scheduled_by', 'c.publish_failed_at', 'c.follows_id'])
    .select(['a.title', 'a.document_number', 'a.addressee', 'a.agency_name', 'a.agency_short'])
    .select(['a.site_name', 'a.purpose', 'a.draft_name', 'a.mailbox', 'a.phone', 'a.fax', 'a.address'])
    .select(['a.postcode', 'a.contact_person', 'a.announced_on', 'a.text', 'a.reason_for_shortening'])
    .select(['a.asks_name', 'a.asks_phone', 'a.asks_email', 'a.shows_comments'])
    .select(
      sql<Date | null>`(select min(p.published_at) from feedback_notices n join notice_publications p on p.notice_id = n.id
        where n.consultation_id = c.id)`.as('answered_at'),
    )
    .select(
      sql<Date | null>`(select max(p.published_at) from feedback_notices n join notice_publications p on p.notice_id = n.id
        where n.consultation_id = c.id and n.sequence > 1)`.as('corrected_at'),
    )
    .select(
      sql<number>`coalesce((select h.officer_id from handovers h where h.consultation_id = c.id
        order by h.id desc limit 1), c.created_by)`.as('responsible_id'),
    )
    .select(sql<boolean>`exists (select 1 from draft_work w where w.consultation_id = c.id)`.as('has_work'));
}

type Row = Awaited<ReturnType<ReturnType<typeof consultationQuery>['executeTakeFirstOrThrow']>>;

/** A consultation as consultationQuery found it. */
export function toConsultation(row: Row): Consultation {
  return {
    id: row.id,
    number: row.number,
    agencyId: row.agency_id,
    kind: row.kind,
    revision: row.revision,
    opensAt: row.opens_at,
    closesAt: row.closes_at,
    createdBy: row.created_by,
    responsibleId: row.responsible_id,
    publishedBy: row.published_by,
    publishedAt: row.published_at,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
    closedAt: row.closed_at,
    publishAt: row.publish_at,
    scheduledBy: row.scheduled_by,
    publishFailedAt: row.publish_failed_at,
    followsId: row.follows_id,
    answeredAt: row.answered_at,
    correctedAt: row.corrected_at,
    hasWork: row.has_work,
    asks: { name: row.asks_name, phone: row.asks_phone, email: row.asks_email },
    showsComments: row.shows_comments,
    announcement: toAnnouncement(row),
  };
}

function toAnnouncement(row: Row): Announcement {
  return {
    title: row.title,
    documentNumber: row.document_number,
    addressee: row.addressee,
    agencyName: row.agency_name,
    agencyShort: row.agency_short,
    siteName: row.site_name,
    purpose: row.purpose,
    draftName: row.draft_name,
    mailbox: row.mailbox,
    phone: row.phone,
    fax: row.fax,
    address: row.address,
    postcode: row.postcode,
    contactPerson: row.contact_person,
    announcedOn: row.announced_on ?? '',
    text: row.text,
    reasonForShortening: row.reason_for_shortening,
  };
}
