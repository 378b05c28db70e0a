import { touchConsultation, updateConsultation } from '../db/consultation-writes.ts';
import type { Consultation } from '../db/consultations.ts';
import { pushEdit } from '../db/draft-work.ts';
import { insertImport } from '../db/import-writes.ts';
import { agencyById } from '../db/officers.ts';
import type { Trx } from '../db/session.ts';
import { foundIn, readAtOnce, type UsedImport } from '../domain/import.ts';
import type { EditName } from '../domain/outline-edit.ts';
import { type Paste, readPaste } from '../domain/parse/paste.ts';
import { autoSettings, type ParseSettings } from '../domain/parse/settings.ts';
import { bareAnnouncement, deadlineIn, withFound } from '../domain/proposed-announcement.ts';
import { dayOf } from '../domain/shanghai.ts';
import { type Content, withImport } from '../domain/work-imports.ts';
import type { Held } from './hold.ts';

/** What an officer brings: pasted text, or a file. */
export type Intake =
  | { readonly source: string; readonly settings?: ParseSettings }
  | {
      readonly file: { readonly name: string; readonly bytes: Uint8Array };
      readonly settings?: ParseSettings;
    };

/** A text divided; null when it is long or a file, and waits for the reader. Called outside of transactions. */
export function readNow(intake: Intake): Paste | null {
  if (!('source' in intake) || intake.source.length > readAtOnce) return null;
  return readPaste(intake.source, settingsOf(intake));
}

/** Stores what an officer brings; what has been read becomes part of the draft. Gives the import's id. */
export async function takeImport(
  trx: Trx,
  held: Held,
  input: { readonly officerId: number; readonly intake: Intake; readonly paste: Paste | null },
  now: Date,
): Promise<number> {
  const { officerId, intake, paste } = input;
  const settings = settingsOf(intake);
  const isFile = 'file' in intake;
  const id = await insertImport(
    trx,
    {
      consultationId: held.consultation.id,
      officerId,
      name: isFile ? intake.file.name : '',
      kind: isFile ? 'file' : 'paste',
      settings,
      text: isFile ? '' : intake.source,
      bytes: isFile ? intake.file.bytes : null,
      notes: [],
      replaces: null,
      isRead: paste !== null,
    },
    now,
  );
  if (paste) await useImport(trx, held, { id, replaces: null, settings, officerId, paste }, now);
  return id;
}

/** An import that was read, for the draft. */
export interface FreshImport {
  readonly id: number;
  readonly replaces: number | null;
  readonly settings: ParseSettings;
  readonly officerId: number;
  readonly paste: Paste;
}

/**
 * Makes an import's blocks part of the draft, in the place of an earlier reading where there is one; before publication
 * its announcement fills the fields that are still empty.
 */
export async function useImport(
  trx: Trx,
  { consultation, work }: Held,
  { id, replaces, settings, officerId, paste }: FreshImport,
  now: Date,
): Promise<void> {
  const one: UsedImport = { importId: id, settings, found: foundIn(paste) };
  const replaced = isUsed(work, id) ? id : (replaces ?? id);
  const what: EditName = isUsed(work, replaced) ? 'parsedAgain' : 'imported';
  const content = withImport(work, one, paste.draft.blocks, replaced);
  await pushEdit(trx, { consultationId: consultation.id, officerId, what, ...content }, now);
  if (consultation.publishedAt) await touchConsultation(trx, consultation.id);
  else await fillAnnouncement(trx, consultation, paste, now);
}

async function fillAnnouncement(
  trx: Trx,
  consultation: Consultation,
  paste: Paste,
  now: Date,
): Promise<void> {
  const { id, kind, opensAt, closesAt, announcement, asks, showsComments } = consultation;
  const bare = bareAnnouncement(await agencyById(trx, consultation.agencyId));
  const earliest = opensAt && opensAt > now ? opensAt : now;
  await updateConsultation(trx, id, {
    kind,
    opensAt,
    closesAt: closesAt ?? deadlineIn(paste.announcement, earliest),
    announcement: withFound(announcement, bare, paste.announcement, dayOf(now)),
    ...{ asks, showsComments },
  });
}

function isUsed({ used }: Content, id: number): boolean {
  return used.some(({ importId }) => importId === id);
}

function settingsOf({ settings }: Intake): ParseSettings {
  return settings ?? autoSettings;
}
