import type { FastifyReply } from 'fastify';
import { confirmSheet, discardSheet } from '../../../actions/confirm-sheet.ts';
import { deedDone } from '../meanwhile.ts';
import { goTo, sendNotFound } from '../page.ts';
import { wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type SheetGone, sendSheet, sheetIn } from './sheet.ts';
import { sheetsBase } from './sheets.ts';

/** Lets the good entries of a table be stored in the background. */
export function takeSheetConfirmation(visit: ConsultationVisit): Promise<FastifyReply> {
  return withSheet(visit, 'store', confirmSheet, (sheetId) => `/${sheetId}`);
}

/** Sets a table aside. */
export function takeSheetDiscard(visit: ConsultationVisit): Promise<FastifyReply> {
  return withSheet(visit, 'discard', discardSheet, () => '?done=sheetDiscarded');
}

async function withSheet(
  visit: ConsultationVisit,
  tried: SheetGone['tried'],
  deed: typeof discardSheet,
  next: (sheetId: number) => string,
): Promise<FastifyReply> {
  const { site, officer, consultation, now } = visit;
  const sheet = await sheetIn(visit);
  if (!sheet) return sendNotFound(visit);
  const input = { officer, consultationId: consultation.id, sheetId: sheet.id };
  if (await wentStale(deed(site.db, input, now), 'sheetGone'))
    return sendSheet(visit, (await sheetIn(visit)) ?? sheet, { tried, deed: await deedOn(visit, sheet.id) });
  return goTo(visit, `${sheetsBase(visit)}${next(sheet.id)}`);
}

function deedOn(visit: ConsultationVisit, sheetId: number): Promise<SheetGone['deed']> {
  const about = { consultationId: visit.consultation.id, detail: { sheetId } };
  return deedDone(visit, { ...about, deeds: ['sheetConfirmed', 'sheetDiscarded'] });
}
