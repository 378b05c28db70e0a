import { agencyConsultation, type Consultation } from '../../db/consultations.ts';
import { RuleBroken } from '../../domain/issue.ts';
import { type FormBody, raw } from '../forms.ts';
import type { ConsultationVisit } from './visit.ts';

/** The revision of the consultation that a form was made for; 0 when it names none. */
export function revisionIn(body: FormBody): number {
  const revision = raw(body, 'revision');
  return /^\d{1,9}$/.test(revision) ? Number(revision) : 0;
}

/** Waits for a deed; true when it was refused because the page had gone stale, or by `rule`. Anything else is thrown on. */
export async function wentStale(
  deed: Promise<unknown>,
  rule: RuleBroken['rule'] = 'stale',
): Promise<boolean> {
  try {
    await deed;
    return false;
  } catch (error) {
    if (error instanceof RuleBroken && error.rule === rule) return true;
    throw error;
  }
}

/** The visit with the consultation as it is now. */
export async function lookAgain(visit: ConsultationVisit): Promise<ConsultationVisit> {
  const { site, officer, consultation } = visit;
  const current: Consultation | undefined = await agencyConsultation(
    site.db,
    officer.agencyId,
    consultation.id,
  );
  return { ...visit, consultation: current ?? consultation };
}
