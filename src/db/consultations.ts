import { sql } from 'kysely';
import type { Announcement } from '../domain/announcement-issues.ts';
import type { Asks } from '../domain/comment.ts';
import type { ConsultationKind, Phase, Schedule } from '../domain/consultation.ts';
import { phaseOf } from '../domain/consultation.ts';
import { consultationQuery, toConsultation } from './consultation-rows.ts';
import { prepared } from './prepared.ts';
import type { Db, Trx } from './session.ts';

/** One consultation with its announcement, as the desk and the public page read it. */
export interface Consultation {
  readonly id: number;
  readonly number: string;
  readonly agencyId: number;
  readonly kind: ConsultationKind;
  readonly revision: number;
  readonly opensAt: Date | null;
  readonly closesAt: Date | null;
  readonly createdBy: number;
  /** Who is responsible: whoever it was handed over to last, or began it. */
  readonly responsibleId: number;
  readonly publishedBy: number | null;
  readonly publishedAt: Date | null;
  readonly withdrawnAt: Date | null;
  readonly withdrawnReason: string | null;
  readonly closedAt: Date | null;
  /** When it is to publish itself; null unless that is arranged. */
  readonly publishAt: Date | null;
  readonly scheduledBy: number | null;
  /** When it should have published itself and could not. */
  readonly publishFailedAt: Date | null;
  /** The round before it. */
  readonly followsId: number | null;
  /** When its first feedback notice was published. */
  readonly answeredAt: Date | null;
  /** When the latest correction of it was; null for none. */
  readonly correctedAt: Date | null;
  /** True while a draft is being prepared: the first, or the next version. */
  readonly hasWork: boolean;
  readonly asks: Asks;
  /** True where comments are shown to the public once they are screened. */
  readonly showsComments: boolean;
  readonly announcement: Announcement;
}

/** A published consultation always has its period. */
export type PublishedConsultation = Consultation & Schedule & { readonly publishedAt: Date };

/** The phase of a published consultation, or `draft` before publication. */
export function phaseNow(consultation: Consultation, now: Date): Phase | 'draft' {
  return isPublished(consultation) ? phaseOf(consultation, now) : 'draft';
}

/** Narrows a consultation to a published one. */
export function isPublished(consultation: Consultation): consultation is PublishedConsultation {
  return consultation.publishedAt !== null;
}

/** The published consultation with this number, or undefined. */
export async function publishedConsultation(
  db: Db,
  number: string,
): Promise<PublishedConsultation | undefined> {
  const row = await consultationQuery(db)
    .where('c.number', '=', number)
    .where('c.published_at', 'is not', null)
    .modifyEnd(prepared('consultation by number'))
    .executeTakeFirst();
  return row && (toConsultation(row) as PublishedConsultation);
}

/** A consultation of this agency, published or not, or undefined. */
export async function agencyConsultation(
  db: Db,
  agencyId: number,
  id: number,
): Promise<Consultation | undefined> {
  const row = await consultationQuery(db)
    .where('c.id', '=', id)
    .where('c.agency_id', '=', agencyId)
    .modifyEnd(prepared('consultation of agency'))
    .executeTakeFirst();
  return row && toConsultation(row);
}

/** All consultations of an agency, newest first. */
export async function agencyConsultations(db: Db, agencyId: number): Promise<Consultation[]> {
  const rows = await consultationQuery(db)
    .where('c.agency_id', '=', agencyId)
    .orderBy('c.id', 'desc')
    .execute();
  return rows.map(toConsultation);
}

/**
 * Published consultations, latest deadline first, at most `limit`: those with these ids (null: all) and of the agency
 * with this full name (empty: of all).
 */
export async function searchConsultations(
  db: Db,
  search: { readonly ids: readonly number[] | null; readonly agency: string; readonly limit: number },
): Promise<PublishedConsultation[]> {
  let query = consultationQuery(db).where('c.published_at', 'is not', null);
  if (search.ids) query = query.where(sql<boolean>`c.id = any(${search.ids}::bigint[])`);
  if (search.agency) query = query.where('a.agency_name', '=', search.agency);
  const rows = await query
    .orderBy('c.closes_at', 'desc')
    .orderBy('c.id', 'desc')
    .limit(search.limit)
    .execute();
  return rows.map((row) => toConsultation(row) as PublishedConsultation);
}

/** Holds a consultation's row against every other writer until the transaction ends; whoever changes its period has to. */
export async function holdConsultation(trx: Trx, id: number): Promise<Consultation | undefined> {
  await trx.selectFrom('consultations').select('id').where('id', '=', id).forUpdate().execute();
  return consultationWith(trx, id);
}

/** As holdConsultation, but online forms are stored meanwhile. */
export async function holdBesideForms(trx: Trx, id: number): Promise<Consultation | undefined> {
  await trx.selectFrom('consultations').select('id').where('id', '=', id).forNoKeyUpdate().execute();
  return consultationWith(trx, id);
}

async function consultationWith(trx: Trx, id: number): Promise<Consultation | undefined> {
  const row = await consultationQuery(trx)
    .where('c.id', '=', id)
    .modifyEnd(prepared('consultation'))
    .executeTakeFirst();
  return row && toConsultation(row);
}
