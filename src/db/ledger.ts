import { sql } from 'kysely';
import type { Actor } from '../domain/officer.ts';
import { prepared } from './prepared.ts';
import type { Db, Trx } from './session.ts';

/** Everything that is written down when it happens; each has a sentence under `ledger` in views/sentences. */
export type Deed =
  | 'consultationStarted'
  | 'announcementSaved'
  | 'outlineSaved'
  | 'importAdded'
  | 'importFailed'
  | 'importDiscarded'
  | 'importParsedAgain'
  | 'consultationPublished'
  | 'versionStarted'
  | 'versionAbandoned'
  | 'linkCorrected'
  | 'versionPublished'
  | 'commentsPlaced'
  | 'submissionWithdrawn'
  | 'submissionEntered'
  | 'sheetConfirmed'
  | 'sheetDiscarded'
  | 'sheetStored'
  | 'consultationClosed'
  | 'consultationExtended'
  | 'consultationWithdrawn'
  | 'approvalAsked'
  | 'approvalGiven'
  | 'approvalReturned'
  | 'approvalRequired'
  | 'approvalNotRequired'
  | 'publicationScheduled'
  | 'scheduleCancelled'
  | 'publicationFailed'
  | 'previewLinkMade'
  | 'previewLinkRevoked'
  | 'nextRoundStarted'
  | 'handedOver'
  | 'commentsScreened'
  | 'commentRedacted'
  | 'commentDisposed'
  | 'groupConfirmed'
  | 'groupExtended'
  | 'groupSetAside'
  | 'groupDissolved'
  | 'commentsGrouped'
  | 'commentsDisposed'
  | 'dispositionTakenBack'
  | 'batchTakenBack'
  | 'commentsAssigned'
  | 'assignmentsTakenBack'
  | 'departmentKept'
  | 'departmentEnded'
  | 'commentNoted'
  | 'templateKept'
  | 'templateRemoved'
  | 'channelChecked'
  | 'noticeWorded'
  | 'draftDropped'
  | 'draftKept'
  | 'correctionBegun'
  | 'correctionAbandoned'
  | 'noticeSigned'
  | 'noticeReturned'
  | 'noticePublished'
  | 'lettersSentAgain'
  | 'mailAccepted'
  | 'mailLeft'
  | 'clausesConfirmed'
  | 'tracesExported'
  | 'namesExported'
  | 'officerInvited'
  | 'officerSetUp'
  | 'officerDisabled'
  | 'officerEnabled'
  | 'signedIn'
  | 'signInLocked'
  | 'signInUnlocked'
  | 'passwordLinkAsked'
  | 'passwordLinkSent'
  | 'passwordReset'
  | 'passwordChanged'
  | 'emailChanged'
  | 'colleaguesEmailChanged'
  | 'sessionsEnded'
  | 'colleaguesSessionsEnded'
  | 'secondFactorOn'
  | 'secondFactorOff'
  | 'secondFactorReset'
  | 'secondFactorNeeded'
  | 'secondFactorNotNeeded'
  | 'recoveryCodeUsed'
  | 'recoveryCodesRenewed';

/**
 * Writes down who did what to which consultation and from where, in the transaction that does it: for the consultation's
 * agency, or else the officer's. Nothing of a citizen goes into `detail`.
 */
export async function writeLedger(
  trx: Trx,
  entry: {
    readonly what: Deed;
    readonly consultationId?: number;
    readonly officer?: Actor;
    readonly detail?: object;
  },
  now: Date,
): Promise<void> {
  const { officer, consultationId = null } = entry;
  await trx
    .insertInto('ledger_entries')
    .values({
      what: entry.what,
      consultation_id: consultationId,
      officer_id: officer?.id ?? null,
      agency_id: sql<number | null>`coalesce(
        (select agency_id from consultations where id = ${consultationId}),
        (select agency_id from officers where id = ${officer?.id ?? null}))`,
      origin: officer?.from ?? '',
      detail: JSON.stringify(entry.detail ?? {}),
      created_at: now,
    })
    .modifyEnd(prepared('trace'))
    .execute();
}

/** What was written down last about a consultation, and by whom. */
export async function lastDeed(
  db: Db,
  consultationId: number,
): Promise<{ readonly what: string; readonly officerId: number | null } | undefined> {
  return db
    .selectFrom('ledger_entries')
    .select(['what', 'officer_id as officerId'])
    .where('consultation_id', '=', consultationId)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** What counts as work on what is to be published. */
export const workOnDraft: readonly Deed[] = [
  'consultationStarted',
  'nextRoundStarted',
  'announcementSaved',
  'outlineSaved',
  'importAdded',
  'importDiscarded',
  'importParsedAgain',
  'approvalAsked',
];

/** What was written down about a consultation, the newest `limit` of it, newest first, with the officer's name (empty: the clock did it). */
export async function ledgerOf(db: Db, consultationId: number, limit = 50) {
  const rows = await db
    .selectFrom('ledger_entries as e')
    .leftJoin('officers as o', 'o.id', 'e.officer_id')
    .select(['e.what', 'e.detail', 'e.created_at', 'o.name'])
    .where('e.consultation_id', '=', consultationId)
    .orderBy('e.id', 'desc')
    .limit(limit)
    .execute();
  return rows.map((row) => ({
    what: row.what as Deed,
    detail: row.detail as Readonly<Record<string, unknown>>,
    at: row.created_at,
    who: row.name ?? '',
  }));
}
