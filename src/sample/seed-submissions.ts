import { saltBytes, seal } from '../actions/seal.ts';
import type { PublishedConsultation } from '../db/consultations.ts';
import { type Clause, type Draft, latestDraft } from '../db/drafts.ts';
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
  const clauses = given.comments.map((comment) => clauseOf(draft, comment.clause));
  const submission = {
    commenterKind: given.commenterKind,
    name: given.name ?? '',
    phone: given.phone ?? '',
    email: given.email ?? '',
    consent: given.consent,
    comments: given.comments.map(({ stance, text, proposedWording }, index) => ({
      clause: clauses[index]?.address ?? '',
      stance,
      text,
      proposedWording: proposedWording ?? '',
      quotation: null,
    })),
  };
  const receivedAt = new Date(opensAt.getTime() + given.daysAfterOpening * dayMs + 3 * 3_600_000);
  const facts = { consultationNumber: number, channel: 'online', receivedAt, postmarkedOn: '' } as const;
  const sealed = { ...submission, ...facts, draftVersion: draft.version, attachments: [] };
  return {
    ...submission,
    ...facts,
    ...seal(sealed, deps.random(saltBytes)),
    formToken: deps.random(16).toString('base64url'),
    receiptToken: deps.random(18).toString('base64url'),
    consultationId: id,
    draftId: draft.id,
    clauseIds: clauses.map((clause) => clause?.id ?? null),
    clauseFrom: 'sender',
    datedAt: receivedAt,
    entered: null,
  };
}

function clauseOf(draft: Draft, label: string | null): Clause | null {
  if (label === null) return null;
  const clause = draft.clauses.find(
    (each) => each.label === label || `${each.label}${each.heading}` === label,
  );
  if (!clause) throw new Error(`no clause ${label} in ${draft.title}`);
  return clause;
}
