import { openProofs } from '../db/captchas.ts';
import type { Db } from '../db/session.ts';
import { insertOpenSubmissions, type OnlineSubmission } from '../db/submissions.ts';
import { type Standing, standingOf, type VersionLookup } from '../db/submitting.ts';
import type { SealedAttachment } from '../domain/canonical.ts';
import type { Submission } from '../domain/comment.ts';
import { phaseOf } from '../domain/consultation.ts';
import { type GivenProof, type KeptProof, proves } from '../domain/proof.ts';
import { seal } from './seal.ts';
import { sha256 } from './sha256.ts';

/** A judged form on its way into the database. */
export interface SubmissionForm {
  readonly consultationNumber: string;
  /** The version of the draft that the form showed: clause addresses are meant there. */
  readonly draftVersion: number;
  readonly formToken: string;
  readonly receiptToken: string;
  /** Unguessable bytes for its seal. */
  readonly salt: Buffer;
  readonly captcha: GivenProof & { readonly id: string };
  readonly submission: Submission;
  /** What its seal says of the files that go with it; absent for none. */
  readonly attachments?: readonly SealedAttachment[];
}

export type SubmissionResult =
  | { readonly kind: 'received'; readonly receiptToken: string }
  | { readonly kind: 'closed' | 'notOpen' | 'wrongCaptcha' | 'unknownConsultation' | 'unknownClause' };

/**
 * Stores several online submissions with one statement, so that a burst shares a commit. Results come in the order of
 * the forms. A form token that was stored before gives its first receipt again and stores nothing. The database
 * refuses what is not open at `clock` while it holds the consultation; a captcha is good once, right or wrong.
 */
export async function submitComments(
  db: Db,
  forms: readonly SubmissionForm[],
  versionOf: VersionLookup,
  clock: () => Date,
): Promise<SubmissionResult[]> {
  const captchas = forms.map((form) => form.captcha.id);
  const proofs = await openProofs(db, captchas, clock());
  const places = await Promise.all(forms.map((form) => placeOf(form, versionOf)));
  const now = clock();
  const ready = new Map<string, OnlineSubmission>();
  for (const [index, form] of forms.entries()) {
    const place = places[index];
    if (isProven(form, proofs) && place && !ready.has(form.formToken))
      ready.set(form.formToken, onlineFrom(form, place, now));
  }
  const stored = new Map<string, string>();
  for (const { formToken } of await insertOpenSubmissions(db, [...ready.values()], captchas, now))
    stored.set(formToken, ready.get(formToken)?.receiptToken ?? '');
  const left = forms.filter((form) => !stored.has(form.formToken));
  const reasonOf = left.length > 0 ? await reasons(db, left, clock) : undefined;
  return forms.map((form, index) => {
    const receiptToken = stored.get(form.formToken);
    if (receiptToken !== undefined) return { kind: 'received', receiptToken };
    return reasonOf?.(form) ?? { kind: places[index] ? 'wrongCaptcha' : 'unknownClause' };
  });
}

// Each captcha is good for one form: of two that name it, the first has it.
function isProven({ captcha }: SubmissionForm, proofs: Map<string, KeptProof>): boolean {
  const kept = proofs.get(captcha.id);
  proofs.delete(captcha.id);
  return kept !== undefined && proves(kept, captcha, sha256);
}

interface Place {
  readonly consultationId: number;
  readonly draftId: number;
  readonly clauseIds: readonly (number | null)[];
}

// Where its comments belong, or undefined when the version or a clause is unknown.
async function placeOf(form: SubmissionForm, versionOf: VersionLookup): Promise<Place | undefined> {
  const version = await versionOf(form.consultationNumber, form.draftVersion);
  if (!version) return undefined;
  const { consultationId, draftId, clauses } = version;
  const clauseIds = form.submission.comments.map(({ clause }) => (clause ? clauses.get(clause) : null));
  return areFound(clauseIds) ? { consultationId, draftId, clauseIds } : undefined;
}

function areFound(ids: readonly (number | null | undefined)[]): ids is readonly (number | null)[] {
  return !ids.includes(undefined);
}

function onlineFrom(form: SubmissionForm, place: Place, now: Date): OnlineSubmission {
  const { consultationNumber, draftVersion, submission, formToken, receiptToken, captcha } = form;
  const { commenterKind, name, phone, email, consent, comments } = submission;
  const facts = {
    consultationNumber,
    draftVersion,
    commenterKind,
    name,
    phone,
    email,
    consent,
    comments,
    channel: 'online',
    receivedAt: now,
    postmarkedOn: '',
    attachments: form.attachments ?? [],
  } as const;
  const { consultationId, draftId, clauseIds } = place;
  return Object.assign(facts, seal(facts, form.salt), {
    formToken,
    receiptToken,
    consultationId,
    draftId,
    clauseIds,
    captchaId: captcha.id,
    clauseFrom: 'sender' as const,
    datedAt: now,
    entered: null,
  });
}

// Why forms were not stored, as far as that is not their captcha or clause.
async function reasons(
  db: Db,
  forms: readonly SubmissionForm[],
  clock: () => Date,
): Promise<(form: SubmissionForm) => SubmissionResult | undefined> {
  const numbers = [...new Set(forms.map((form) => form.consultationNumber))];
  const tokens = forms.map((form) => form.formToken);
  const standing = await standingOf(db, numbers, tokens);
  const now = clock();
  return (form) => reasonFor(form, standing, now);
}

function reasonFor(
  { formToken, consultationNumber }: SubmissionForm,
  { consultations, receipts }: Standing,
  now: Date,
): SubmissionResult | undefined {
  const receiptToken = receipts.get(formToken);
  if (receiptToken !== undefined) return { kind: 'received', receiptToken };
  const consultation = consultations.get(consultationNumber);
  if (!consultation) return { kind: 'unknownConsultation' };
  const phase = phaseOf({ ...consultation, answeredAt: null }, now);
  if (phase === 'upcoming') return { kind: 'notOpen' };
  return phase === 'open' && !consultation.closedAt ? undefined : { kind: 'closed' };
}
