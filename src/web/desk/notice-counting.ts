import type { FastifyReply } from 'fastify';
import { noticeState } from '../../db/notices.ts';
import { countingOf } from '../../db/tallies.ts';
import { baseOf, crumbsOf } from './matter.ts';
import { queryOf, sendDesk } from './page.ts';
import { type Progress, progressOf } from './progress.ts';
import type { ConsultationVisit } from './visit.ts';

// More take longer to count than somebody waits for a page.
const mostWaitedFor = 10_000;

/**
 * Says that the notice is being counted, and how far that is, where so much changed that drawing it up would take
 * seconds; null where it can be drawn up at once, was signed, or whoever asks would rather wait (`?now=1`).
 */
export async function sendCounting(visit: ConsultationVisit): Promise<FastifyReply | null> {
  const { site, consultation, request } = visit;
  if (queryOf(request, 'now') === '1') return null;
  const share = await countingOf(site.db, consultation.id);
  if (share.total - share.done <= mostWaitedFor) return null;
  if ((await noticeState(site.db, consultation.id))?.signing?.content) return null;
  const { pages, counting } = site.sentences.desk;
  const page = {
    title: pages.notice,
    crumbs: crumbsOf(visit),
    text: counting.text,
    back: { to: `${baseOf(consultation)}/notice?now=1`, text: counting.now },
    progress: progressIn(visit, share),
  };
  return sendDesk(visit, 'desk/message', page);
}

/** How far the comments are counted that the notice tells of. */
export async function countingIn(visit: ConsultationVisit): Promise<Progress> {
  return progressIn(visit, await countingOf(visit.site.db, visit.consultation.id));
}

function progressIn(visit: ConsultationVisit, share: Awaited<ReturnType<typeof countingOf>>): Progress {
  const words = visit.site.sentences.desk.progress.counted;
  return progressOf(visit, `${baseOf(visit.consultation)}/notice`, { ...share, words });
}
