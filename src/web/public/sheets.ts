import type { FastifyInstance } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import { signedRows } from '../../db/notice-rows.ts';
import { publishedNotice } from '../../db/notices.ts';
import type { NoticeRow } from '../../domain/notice-row.ts';
import { keyIn, publicFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Rendered } from '../plugins/page-cache.ts';
import type { Site } from '../site.ts';
import type { SheetPage } from './contexts.ts';
import { announcementLetter, noticeLetter } from './letter.ts';
import { lifeOf } from './life.ts';
import { enclosedRows, mostPrinted, rowViews } from './outcome-rows.ts';
import type { Letterlike } from './shapes.ts';

type Numbered = { Params: { number: string } };

/** The announcement and the feedback notice as official documents on A4, for the browser's print. */
export function registerSheets(app: FastifyInstance, site: Site): void {
  for (const which of ['announcement', 'notice'] as const)
    app.get<Numbered>(`/consultations/:number/${which}`, async (request, reply) => {
      const { number } = request.params;
      const frame = publicFrame(request, site);
      const key = keyIn(frame, `/consultations/${number}/${which}`);
      const sent = await site.cache.send(request, reply, key, async (): Promise<Rendered | undefined> => {
        const page =
          which === 'notice' ? await noticeSheet(site, number) : await announcementSheet(site, number);
        return page && { html: await renderPage(app, `sheets/${which}`, page, frame), validUntil: null };
      });
      if (!sent) reply.callNotFound();
      return reply;
    });
}

type Sheet = SheetPage & { readonly title: string };

async function announcementSheet(site: Site, number: string): Promise<Sheet | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  if (!consultation) return undefined;
  const { announcement } = consultation;
  const { reasonForShortening } = announcement;
  const life = await lifeOf(site.db, consultation);
  return sheetPage(`/consultations/${number}`, announcementLetter(announcement), {
    reasonForShortening,
    life,
  });
}

async function noticeSheet(site: Site, number: string): Promise<Sheet | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  const published = consultation && (await publishedNotice(site.db, consultation.id));
  if (!published) return undefined;
  const { notice, signingId, rowCount } = published;
  const read = (limit: number) => signedRows(site.db, signingId, { passed: 0, limit });
  return noticeSheetPage(`/consultations/${number}`, noticeLetter(notice), rowCount, read);
}

/** The sheet of a notice with its table, or without when that is too long to be printed with it. */
export async function noticeSheetPage(
  backTo: string,
  letter: Letterlike,
  rowCount: number,
  read: (limit: number) => Promise<readonly NoticeRow[]>,
): Promise<Sheet> {
  const { rows, rowsApart } = await enclosedRows(rowCount, mostPrinted, read);
  return sheetPage(backTo, letter, { rows: rowViews(rows), rowsApart });
}

// `backTo` is where its screen version leads back.
function sheetPage(
  backTo: string,
  letter: Letterlike,
  rest: Partial<Pick<SheetPage, 'rows' | 'rowsApart' | 'reasonForShortening' | 'life'>>,
): Sheet {
  const nothing = { rows: [], rowsApart: 0, reasonForShortening: '', life: null };
  return { title: letter.heading, backTo, letter, ...nothing, ...rest };
}
