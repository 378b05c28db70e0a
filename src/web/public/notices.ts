import type { FastifyInstance } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import { signedRows } from '../../db/notice-rows.ts';
import { publishedNotice, publishedNotices } from '../../db/notices.ts';
import { type Frame, keyIn, readingFrame } from '../frame.ts';
import { pagesOf } from '../pager.ts';
import { renderPage } from '../pages.ts';
import type { Rendered } from '../plugins/page-cache.ts';
import type { Site } from '../site.ts';
import type { NumberedNoticePage } from './contexts.ts';
import { homeLink } from './links.ts';
import { noticeAt, olderNotices } from './notice-links.ts';
import { rowsOnPage } from './outcome-rows.ts';
import { noticeView } from './published-notice.ts';

type Numbered = { Params: { number: string; sequence: string }; Querystring: { page?: unknown } };

/** Each published notice at an address of its own, also after it was corrected, which it then says. */
export function registerNotices(app: FastifyInstance, site: Site): void {
  app.get<Numbered>('/consultations/:number/notices/:sequence', async (request, reply) => {
    const { number } = request.params;
    const sequence = numberIn(request.params.sequence);
    const page = numberIn(request.query.page ?? '1') ?? 1;
    const frame = readingFrame(request, site);
    const key = keyIn(frame, `/consultations/${number}/notices/${sequence}?page=${page}`);
    const sent =
      sequence !== undefined &&
      (await site.cache.send(request, reply, key, () =>
        render(app, site, { number, sequence, page }, frame),
      ));
    if (!sent) reply.callNotFound();
    return reply;
  });
}

function numberIn(value: unknown): number | undefined {
  return typeof value === 'string' && /^[1-9]\d{0,6}$/.test(value) ? Number(value) : undefined;
}

async function render(
  app: FastifyInstance,
  site: Site,
  asked: { readonly number: string; readonly sequence: number; readonly page: number },
  frame: Frame,
): Promise<Rendered | undefined> {
  const { number, sequence, page: current } = asked;
  const consultation = await publishedConsultation(site.db, number);
  const published = consultation && (await publishedNotice(site.db, consultation.id, sequence));
  if (!consultation || !published) return undefined;
  const portion = { passed: (current - 1) * rowsOnPage, limit: rowsOnPage };
  const rows = await signedRows(site.db, published.signingId, portion);
  if (rows.length === 0 && current > 1) return undefined;
  const later = (await publishedNotices(site.db, consultation.id)).find((each) => each.sequence > sequence);
  const to = `/consultations/${number}`;
  const { announcement } = consultation;
  const last = Math.max(1, Math.ceil(published.rowCount / rowsOnPage));
  const page: NumberedNoticePage & { readonly title: string } = {
    title: published.notice.title,
    crumbs: [homeLink, { to, text: announcement.draftName }],
    sequence,
    publishedAt: published.publishedAt,
    correctedAt: later?.publishedAt ?? null,
    newestTo: `${to}#feedback`,
    ownTo: noticeAt(number, sequence),
    notice: noticeView(published.notice, rows),
    older: await olderNotices(site, consultation, sequence),
    pages: pagesOf(noticeAt(number, sequence), current, last),
  };
  return { html: await renderPage(app, 'public/notice', page, frame), validUntil: null };
}
