import { insertOpenSubmissions, type OnlineSubmission } from '../db/open-submissions.ts';
import type { Db } from '../db/session.ts';
import { type Standing, standingOf, type VersionLookup } from '../db/submitting.ts';
import type { SealedAttachment, SealedFacts } from '../domain/canonical.ts';
import type { Submission } from '../domain/comment.ts';
import { phaseOf } from '../domain/consultation.ts';
import { claimOf, type GivenProof } from '../domain/proof.ts';
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
  const places = await Promise.all(forms.map((form) => placeOf(form, versionOf)));
  const now = clock();
  const captchas = new Set<string>();
  const ready: OnlineSubmission[] = [];
  for (const [index, form] of forms.entries()) {
    const place = places[index];
    // Each captcha is good for one form: of two that name it, the first has it.
    if (place && !captchas.has(form.captcha.id)) ready.push(onlineFrom(form, place, now));
    captchas.add(form.captcha.id);
  }
  const stored = await insertOpenSubmissions(db, ready, [...captchas], now);
  const left = forms.filter((form) => !stored.has(form.receiptToken));
  const reasonOf = left.length > 0 ? await reasons(db, left, clock) : undefined;
  return forms.map((form, index) => {
    const { receiptToken } = form;
    if (stored.has(receiptToken)) return { kind: 'received', receiptToken };
    return reasonOf?.(form) ?? { kind: places[index] ? 'wrongCaptcha' : 'unknownClause' };
  });
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

function onlineFrom(form: SubmissionForm, place: Place, receivedAt: Date): OnlineSubmission {
  const { consultationNumber, draftVersion, submission, formToken, receiptToken, captcha } = form;
  const { commenterKind, name, phone, email, consent, comments } = submission;
  const { consultationId, draftId, clauseIds } = place;
  // Written out, here and where it becomes a row: gathered from parts, a form takes a sixth more of the process.
  const facts: SealedFacts = {
    consultationNumber,
    draftVersion,
    channel: 'online',
    receivedAt,
    postmarkedOn: '',
    commenterKind,
    name,
    phone,
    email,
    consent,
    comments,
    attachments: form.attachments ?? [],
  };
  const { salt, hash } = seal(facts, form.salt);
  return {
    formToken,
    receiptToken,
    consultationId,
    consultationNumber,
    draftId,
    clauseIds,
    submission,
    salt,
    hash,
    captchaId: captcha.id,
    claim: claimOf(captcha.id, captcha, sha256),
  };
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
