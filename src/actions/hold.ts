import { type Consultation, holdBesideForms, holdConsultation } from '../db/consultations.ts';
import { type DraftWork, draftWork } from '../db/draft-work.ts';
import type { Trx } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import { type Deed, may, type Officer } from '../domain/officer.ts';

/** What a page of a consultation says of itself when it is sent. */
export interface Page {
  readonly id: number;
  readonly revision: number;
}

// What is done to comments changes nothing for those that are on their way: whoever sends one does not wait for it.
const onComments: readonly Deed[] = ['screen', 'dispose', 'assign', 'group', 'note'];

/** Holds a consultation of the officer's agency for a deed. Throws RuleBroken `notAllowed` when it is none of theirs. */
export async function holdFor(trx: Trx, officer: Officer, deed: Deed, id: number): Promise<Consultation> {
  const hold = onComments.includes(deed) ? holdBesideForms : holdConsultation;
  const consultation = await hold(trx, id);
  if (!consultation || consultation.agencyId !== officer.agencyId || !may(officer, deed))
    throw new RuleBroken('notAllowed');
  return consultation;
}

/** As holdFor, for work before publication: throws `alreadyPublished`, or `stale` when the page is older; to prepare, `scheduled`. */
export async function holdUnpublished(
  trx: Trx,
  officer: Officer,
  deed: Deed,
  page: Page,
): Promise<Consultation> {
  const consultation = await holdFor(trx, officer, deed, page.id);
  if (consultation.publishedAt) throw new RuleBroken('alreadyPublished');
  if (deed === 'prepare') refuseScheduled(consultation);
  if (consultation.revision !== page.revision) throw new RuleBroken('stale');
  return consultation;
}

/** A consultation that is held, with the draft that is being prepared. */
export interface Held {
  readonly consultation: Consultation;
  readonly work: DraftWork;
}

/**
 * As holdFor, for work on a draft, the first or the next version: throws `alreadyPublished` when none is under way,
 * or `stale` when the page is older.
 */
export async function holdWork(trx: Trx, officer: Officer, deed: Deed, page: Page): Promise<Held> {
  const held = await holdWorkOf(trx, officer, deed, page.id);
  if (held.consultation.revision !== page.revision) throw new RuleBroken('stale');
  return held;
}

/** As holdWork, for what overwrites nothing and may come from an older page. */
export async function holdWorkOf(trx: Trx, officer: Officer, deed: Deed, id: number): Promise<Held> {
  const consultation = await holdFor(trx, officer, deed, id);
  refuseScheduled(consultation);
  const work = await draftWork(trx, id);
  if (!work) throw new RuleBroken('alreadyPublished');
  return { consultation, work };
}

// What was judged is what is published: whoever wants to change it cancels the schedule first.
function refuseScheduled({ publishAt }: Consultation): void {
  if (publishAt) throw new RuleBroken('scheduled');
}
