import type { PublishedConsultation } from '../db/consultations.ts';
import { type Draft, latestDraft } from '../db/drafts.ts';
import { transaction } from '../db/session.ts';
import { insertSubmissions, type NewSubmission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { dayMs } from '../domain/shanghai.ts';
import type { SampleSubmission } from './sample.ts';

/** Stores submissions to the newest version of a draft, at noon of the days they name. */
export async function seedSubmissions(
  deps: Deps,
  consultation: PublishedConsultation,
  given: readonly SampleSubmission[],
): Promise<void> {
  const draft = await latestDraft(deps.db, consultation.id);
  if (!draft || given.length === 0) return;
  const submissions = given.map((one) => submissionOf(deps, consultation, draft, one));
  await transaction(deps.db, (trx) => insertSubmissions(trx, submissions));
}

function submissionOf(
  deps: Deps,
  { id, number, opensAt }: PublishedConsultation,
  draft: Draft,
  given: SampleSubmission,
): NewSubmission {
  return {
    formToken: deps.random(16).toString('base64url'),
    receiptToken: deps.random(18).toString('base64url'),
    consultationId: id,
    consultationNumber: number,
    draftId: draft.id,
    clauseIds: given.comments.map((comment) => clauseId(draft, comment.clause)),
    channel: 'online',
    receivedAt: new Date(opensAt.getTime() + given.daysAfterOpening * dayMs + 3 * 3_600_000),
    commenterKind: given.commenterKind,
    name: given.name ?? '',
    phone: given.phone ?? '',
    email: given.email ?? '',
    consent: given.consent,
    comments: given.comments.map(({ stance, text, proposedWording }) => ({
      clause: '',
      stance,
      text,
      proposedWording: proposedWording ?? '',
    })),
  };
}

function clauseId(draft: Draft, label: string | null): number | null {
  if (label === null) return null;
  const clause = draft.clauses.find(
    (each) => each.label === label || `${each.label}${each.heading}` === label,
  );
  if (!clause) throw new Error(`no clause ${label} in ${draft.title}`);
  return clause.id;
}
