import { insertImport, readAgain } from '../db/import-writes.ts';
import { importById } from '../db/imports.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import type { ParseSettings } from '../domain/parse/settings.ts';
import { type Held, holdWork, type Page } from './hold.ts';
import { readNow, useImport } from './take-import.ts';

type Input = Page & {
  readonly officer: Officer;
  readonly importId: number;
  readonly settings: ParseSettings;
  /** The text as the officer corrected it; as it was, when left out. */
  readonly text?: string;
};

/**
 * Divides an import's text again, with other settings or corrected: its blocks are made anew, those of other imports
 * stay; a long text when the reader comes to it. A corrected text is a new import in the old one's place; gives the id
 * of the one that stands there. Throws RuleBroken `importNotRead`, `stale`, `alreadyPublished`, `notAllowed`.
 */
export async function parseAgain(db: Db, input: Input, now: Date): Promise<number> {
  const { officer, id, importId, settings } = input;
  const old = await importById(db, id, importId);
  const text = input.text ?? old?.text ?? '';
  const paste = readNow({ source: text, settings });
  return transaction(db, async (trx) => {
    const held = await holdWork(trx, officer, 'prepare', input);
    const place = await holdText(trx, held, importId);
    const isNew = text !== place.text;
    const fresh = isNew
      ? await replaceText(trx, held, { ...input, text, isRead: paste !== null }, now)
      : importId;
    const one = { id: fresh, replaces: isNew ? importId : null, settings, officerId: officer.id };
    if (paste) await useImport(trx, held, { ...one, paste }, now);
    else if (!isNew) await readAgain(trx, importId, settings);
    const detail = { importId: fresh, name: place.name };
    await writeLedger(trx, { what: 'importParsedAgain', consultationId: id, officer, detail }, now);
    return fresh;
  });
}

async function holdText(trx: Trx, { consultation }: Held, importId: number) {
  const found = await importById(trx, consultation.id, importId);
  if (!found) throw new RuleBroken('notAllowed');
  const isUnderWay = found.state === 'waiting' || found.state === 'reading';
  if (isUnderWay || found.text === '') throw new RuleBroken('importNotRead');
  return found;
}

function replaceText(
  trx: Trx,
  { consultation, work }: Held,
  input: Input & { readonly text: string; readonly isRead: boolean },
  now: Date,
): Promise<number> {
  const old = work.imports.find(({ id }) => id === input.importId);
  const one = {
    consultationId: consultation.id,
    officerId: input.officer.id,
    name: old?.name ?? '',
    kind: old?.kind ?? ('paste' as const),
    settings: input.settings,
    text: input.text,
    bytes: null,
    notes: old?.notes ?? [],
    replaces: input.importId,
    isRead: input.isRead,
  };
  return insertImport(trx, one, now);
}
