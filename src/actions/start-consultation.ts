import { nextConsultationNumber, startConsultationRow } from '../db/consultation-writes.ts';
import { saveDraftWork } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { agencyById } from '../db/officers.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Announcement } from '../domain/announcement-issues.ts';
import type { ConsultationKind } from '../domain/consultation.ts';
import type { Officer } from '../domain/officer.ts';
import { type Paste, readPaste } from '../domain/parse/paste.ts';
import { dayOf } from '../domain/shanghai.ts';

/**
 * Makes an unpublished consultation from pasted text: fields and clause tree are filled in for the officer to
 * confirm. Gives its id.
 */
export async function startConsultation(
  db: Db,
  input: { readonly officer: Officer; readonly kind: ConsultationKind; readonly source: string },
  now: Date,
): Promise<number> {
  const paste = readPaste(input.source);
  return transaction(db, async (trx) => {
    const agency = await agencyById(trx, input.officer.agencyId);
    const number = await nextConsultationNumber(trx, now);
    const { value: closesAt } = paste.announcement.fields.closesAt ?? { value: '' };
    const id = await startConsultationRow(trx, {
      number,
      agencyId: input.officer.agencyId,
      kind: input.kind,
      opensAt: now,
      closesAt: laterThan(now, closesAt),
      createdBy: input.officer.id,
      announcement: proposedAnnouncement(paste, agency, now),
      now,
    });
    await saveDraftWork(trx, { consultationId: id, source: input.source, blocks: paste.draft.blocks }, now);
    await writeLedger(
      trx,
      { what: 'consultationStarted', consultationId: id, officerId: input.officer.id },
      now,
    );
    return id;
  });
}

// A deadline that is over already is not proposed: the database refuses an end before the start.
function laterThan(now: Date, closesAt: string): Date | null {
  const instant = new Date(closesAt);
  return instant > now ? instant : null;
}

function proposedAnnouncement(
  paste: Paste,
  agency: { readonly name: string; readonly short_name: string; readonly site_name: string } | undefined,
  now: Date,
): Announcement {
  const { fields, text } = paste.announcement;
  const found = (field: keyof typeof fields) => fields[field]?.value ?? '';
  return {
    title: found('title'),
    documentNumber: found('documentNumber'),
    addressee: found('addressee'),
    agencyName: found('agencyName') || (agency?.name ?? ''),
    agencyShort: found('agencyShort') || (found('agencyName') ? '' : (agency?.short_name ?? '')),
    siteName: agency?.site_name ?? '',
    purpose: found('purpose').replace(/^为/, ''),
    draftName: found('draftName'),
    mailbox: found('mailbox'),
    phone: found('phone'),
    fax: found('fax'),
    address: found('address'),
    postcode: found('postcode'),
    contactPerson: found('contactPerson'),
    announcedOn: found('announcedOn') || dayOf(now),
    text,
    reasonForShortening: '',
  };
}
