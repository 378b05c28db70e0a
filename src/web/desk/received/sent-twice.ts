import { createHash } from 'node:crypto';
import { lastDeed, type WrittenDeed } from '../../../db/last-deed.ts';
import { type FormBody, raw } from '../../forms.ts';
import type { ConsultationVisit } from '../visit.ts';

/** What the form that was sent is known by: with the mark of the set it is for, nobody else's has the same. */
export function formSent({ request }: ConsultationVisit): string {
  const body = (request.body ?? {}) as FormBody;
  const hash = createHash('sha256');
  for (const name of Object.keys(body).sort())
    if (name !== '_csrf') hash.update(`${name}=${raw(body, name)}\n`);
  return hash.digest('base64url');
}

/**
 * The officer's last deed with the consultation, when the form that was sent has done it already: it was sent twice, by a
 * second press while the first was at work, or since no answer came. Undefined for any other form.
 */
export async function deedOfFirst(visit: ConsultationVisit): Promise<WrittenDeed | undefined> {
  const { site, officer, consultation } = visit;
  const last = await lastDeed(site.db, consultation.id, officer.id);
  return last?.detail['form'] === formSent(visit) ? last : undefined;
}
