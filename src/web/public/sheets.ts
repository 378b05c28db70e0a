import type { FastifyInstance } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import { publishedNotice } from '../../db/notices.ts';
import { keyIn, publicFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Rendered } from '../plugins/page-cache.ts';
import type { Site } from '../site.ts';
import { noticeView } from './consultation.ts';
import type { SheetPage } from './contexts.ts';
import { announcementLetter } from './letter.ts';
import type { Letterlike, NoticeView } from './shapes.ts';

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
  return sheetPage(`/consultations/${number}`, announcementLetter(announcement), [], reasonForShortening);
}

async function noticeSheet(site: Site, number: string): Promise<Sheet | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  const notice = consultation && (await publishedNotice(site.db, consultation.id));
  if (!notice) return undefined;
  const view = noticeView(notice);
  return sheetPage(`/consultations/${number}`, view, view.rows);
}

/** A sheet of a letter with its annexed rows; `backTo` is where its screen version leads back. */
export function sheetPage(
  backTo: string,
  letter: Letterlike,
  rows: NoticeView['rows'],
  reasonForShortening = '',
): Sheet {
  const title = letter.heading;
  return { title, backTo, letter, rows, reasonForShortening };
}
