import type { FastifyInstance } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import { signedRowCount, signedRows } from '../../db/notice-rows.ts';
import { publishedNotice } from '../../db/notices.ts';
import { type Frame, keyIn, readingFrame } from '../frame.ts';
import { pagesOf } from '../pager.ts';
import { renderPage } from '../pages.ts';
import type { Rendered } from '../plugins/page-cache.ts';
import type { Site } from '../site.ts';
import type { OutcomesPage } from './contexts.ts';
import { homeLink } from './links.ts';
import { rowsOnPage, rowViews } from './outcome-rows.ts';

/** The table of a published notice, a page at a time, however long it is. */
export function registerOutcomes(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { number: string }; Querystring: { page?: unknown } }>(
    '/consultations/:number/outcomes',
    async (request, reply) => {
      const { number } = request.params;
      const asked = request.query.page;
      const page = typeof asked === 'string' && /^[1-9]\d{0,6}$/.test(asked) ? Number(asked) : 1;
      const frame = readingFrame(request, site);
      const key = keyIn(frame, `/consultations/${number}/outcomes?page=${page}`);
      const sent = await site.cache.send(request, reply, key, () => render(app, site, number, page, frame));
      if (!sent) reply.callNotFound();
      return reply;
    },
  );
}

async function render(
  app: FastifyInstance,
  site: Site,
  number: string,
  current: number,
  frame: Frame,
): Promise<Rendered | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  const published = consultation && (await publishedNotice(site.db, consultation.id));
  if (!consultation || !published) return undefined;
  const portion = { passed: (current - 1) * rowsOnPage, limit: rowsOnPage };
  const rows = await signedRows(site.db, published.signingId, portion);
  if (rows.length === 0) return undefined;
  const rowCount = await signedRowCount(site.db, published.signingId);
  const { announcement } = consultation;
  const to = `/consultations/${number}`;
  const page: OutcomesPage & { readonly title: string } = {
    title: site.sentences.outcomeTable,
    crumbs: [homeLink, { to, text: announcement.draftName }],
    draftName: announcement.draftName,
    rows: rowViews(rows),
    rowCount,
    pages: pagesOf(`${to}/outcomes`, current, Math.ceil(rowCount / rowsOnPage)),
  };
  return { html: await renderPage(app, 'public/outcomes', page, frame), validUntil: null };
}
