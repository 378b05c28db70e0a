import { type Consultation, isPublished, type PublishedConsultation, phaseNow } from '../db/consultations.ts';
import { clauseIds, type EnteredSubmission, enteredByTokens } from '../db/entered.ts';
import { writeLedger } from '../db/ledger.ts';
import { noticeState } from '../db/notices.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { insertSubmissions, type NewSubmission } from '../db/submissions.ts';
import { holdUnsent, sendUnsent, unsentAttachments } from '../db/unsent-attachments.ts';
import { versionsOf } from '../db/versions.ts';
import type { SealedAttachment } from '../domain/canonical.ts';
import type { Submission } from '../domain/comment.ts';
import { type Arrival, datedAt, entryRefusal } from '../domain/entry.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { startOf } from '../domain/shanghai.ts';
import { holdFor } from './hold.ts';
import { seal } from './seal.ts';

/** Something that came by phone, letter, fax, e-mail, in person or at a hearing, judged. */
export interface Entry {
  readonly arrival: Arrival;
  readonly submission: Submission;
  /** Makes it arrive once. */
  readonly formToken: string;
  readonly receiptToken: string;
  /** Unguessable bytes for its seal. */
  readonly salt: Buffer;
}

/**
 * Enters a submission on a version of the draft, with the files that were kept with its form; a form token that was
 * entered before gives what it gave then. Throws
 * RuleBroken `notAllowed`, `notPublished`, `notOpenYet`, `noticeSigned`, or `stale` for a
 * clause that the version does not have.
 */
export async function enterSubmission(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly draftVersion: number;
    readonly entry: Entry;
  },
  now: Date,
): Promise<EnteredSubmission> {
  const { officer, consultationId, draftVersion, entry } = input;
  return transaction(db, async (trx) => {
    const held = await holdFor(trx, officer, 'enter', consultationId);
    const before = (await enteredByTokens(trx, [entry.formToken])).get(entry.formToken);
    if (before) return before;
    const consultation = await openForEntering(trx, held, now);
    const ground = await entryGround(trx, consultation, draftVersion);
    const fileIds = (await unsentAttachments(trx, entry.formToken)).map((file) => file.id);
    const files = fileIds.length > 0 ? await holdUnsent(trx, entry.formToken, fileIds) : [];
    const entered = { by: officer.id, at: now };
    const [stored] = await insertSubmissions(trx, [newSubmission(ground, entry, entered, files)]);
    if (!stored) throw new Error('one submission was to be stored');
    if (files.length > 0) await sendUnsent(trx, entry.formToken, fileIds);
    const { id, receiptNumber } = stored;
    await writeLedger(
      trx,
      { what: 'submissionEntered', consultationId, officer, detail: { receiptNumber } },
      now,
    );
    return { id, receiptNumber, late: datedAt(entry.arrival) >= consultation.closesAt };
  });
}

/** The consultation while something can be entered for it. Throws RuleBroken for why not. */
export async function openForEntering(
  trx: Trx,
  consultation: Consultation,
  now: Date,
): Promise<PublishedConsultation> {
  const notice = await noticeState(trx, consultation.id);
  const isSigned = notice?.signing?.verdict === 'signed';
  const refusal = entryRefusal({ phase: phaseNow(consultation, now), isSigned });
  if (refusal) throw new RuleBroken(refusal);
  if (!isPublished(consultation)) throw new RuleBroken('notPublished');
  return consultation;
}

/** What entries of one consultation on one version of its draft have in common. */
export interface EntryGround {
  readonly consultation: PublishedConsultation;
  readonly draftVersion: number;
  readonly draftId: number;
  readonly clauses: ReadonlyMap<string, number>;
}

/** Looks up the version and its clauses. Throws RuleBroken `stale` when there is no such version. */
export async function entryGround(
  trx: Trx,
  consultation: PublishedConsultation,
  draftVersion: number,
): Promise<EntryGround> {
  const version = (await versionsOf(trx, consultation.id)).find((each) => each.version === draftVersion);
  if (!version) throw new RuleBroken('stale');
  return {
    consultation,
    draftVersion,
    draftId: version.id,
    clauses: await clauseIds(trx, version.id),
  };
}

/** An entry ready to be stored. Throws RuleBroken `stale` for a clause that the version does not have. */
export function newSubmission(
  { consultation, draftVersion, draftId, clauses }: EntryGround,
  { arrival, submission, formToken, receiptToken, salt }: Entry,
  entered: NonNullable<NewSubmission['entered']>,
  attachments: readonly SealedAttachment[] = [],
): NewSubmission {
  const { channel, receivedOn, postmarkedOn } = arrival;
  const facts = {
    consultationNumber: consultation.number,
    receivedAt: startOf(receivedOn),
    ...{ channel, postmarkedOn },
  };
  return {
    ...submission,
    ...facts,
    ...seal({ ...submission, ...facts, draftVersion, attachments }, salt),
    ...{ formToken, receiptToken, draftId, entered },
    consultationId: consultation.id,
    clauseIds: submission.comments.map(({ clause }) => (clause === '' ? null : idIn(clauses, clause))),
    clauseFrom: 'sender',
    datedAt: datedAt(arrival),
  };
}

function idIn(clauses: ReadonlyMap<string, number>, address: string): number {
  const id = clauses.get(address);
  if (id === undefined) throw new RuleBroken('stale');
  return id;
}
