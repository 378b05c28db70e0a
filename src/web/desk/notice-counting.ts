import type { FastifyReply } from 'fastify';
import { readsComments } from '../../db/meant.ts';
import { noticeState } from '../../db/notices.ts';
import { countingOf } from '../../db/tallies.ts';
import { baseOf, crumbsOf } from './matter.ts';
import { queryOf, sendDesk } from './page.ts';
import { asking, type Progress, progressOf } from './progress.ts';
import type { Choosing } from './received/chosen.ts';
import { type ListState, listQuery } from './received/filter.ts';
import type { ConsultationVisit } from './visit.ts';

type Counting = Awaited<ReturnType<typeof countingOf>>;

// More take longer to count than somebody waits for a page.
const mostWaitedFor = 10_000;

/**
 * Says that the notice is being counted, and how far that is, where so much changed that drawing it up would take
 * seconds; null where it can be drawn up at once, was signed, or whoever asks would rather wait (`?now=1`).
 */
export async function sendCounting(visit: ConsultationVisit): Promise<FastifyReply | null> {
  const { site, consultation } = visit;
  const share = await longCounting(visit);
  if (!share) return null;
  if ((await noticeState(site.db, consultation.id))?.signing?.content) return null;
  const { pages, counting } = site.sentences.desk;
  const at = `${baseOf(consultation)}/notice`;
  const page = {
    title: pages.notice,
    crumbs: crumbsOf(visit),
    text: counting.text,
    back: { to: asking(at, 'now=1'), text: counting.now },
    progress: progressIn(visit, at, share),
  };
  return sendDesk(visit, 'desk/message', page);
}

/** How far the comments are counted that the notice tells of. */
export async function countingIn(visit: ConsultationVisit): Promise<Progress> {
  const { site, consultation } = visit;
  return progressIn(visit, `${baseOf(consultation)}/notice`, await countingOf(site.db, consultation.id));
}

/**
 * Says that the comments are counted, and how far that is, where the numbers above the `list` that is asked for would take
 * seconds; `said` is what a deed did that led here. Null as with sendCounting.
 */
export async function sendListCounting(
  visit: ConsultationVisit,
  list: ListState,
  said: string,
): Promise<FastifyReply | null> {
  const { pages, counting } = visit.site.sentences.desk;
  const at = addressOf(visit, '', listQuery(list));
  return sendCountingAt(visit, { at, title: pages.comments, text: said + counting.list });
}

/**
 * The same of a form for all comments that a list finds, which tells how many they are. Null also where it looks at the few
 * that are named, or hold the words.
 */
export async function sendFormCounting(
  visit: ConsultationVisit,
  form: 'together' | 'screen-together' | 'assignment',
  { list, ids }: Choosing,
): Promise<FastifyReply | null> {
  if (readsComments({ ids, filter: list.filter })) return null;
  const { desk } = visit.site.sentences;
  const titles = {
    together: desk.together,
    'screen-together': desk.screenTogether,
    assignment: desk.assignment,
  };
  const at = addressOf(visit, `/${form}`, listQuery(list));
  return sendCountingAt(visit, { at, title: titles[form], text: desk.counting.form });
}

function addressOf({ consultation }: ConsultationVisit, form: string, query: string): string {
  const at = `${baseOf(consultation)}/comments${form}`;
  return query ? asking(at, query) : at;
}

async function sendCountingAt(
  visit: ConsultationVisit,
  { at, title, text }: { readonly at: string; readonly title: string; readonly text: string },
): Promise<FastifyReply | null> {
  const share = await longCounting(visit);
  if (!share) return null;
  return sendDesk(visit, 'desk/message', {
    ...{ title, crumbs: crumbsOf(visit), text },
    back: { to: asking(at, 'now=1'), text: visit.site.sentences.desk.counting.now },
    progress: progressIn(visit, at, share),
  });
}

async function longCounting({ site, consultation, request }: ConsultationVisit): Promise<Counting | null> {
  if (queryOf(request, 'now') === '1') return null;
  const share = await countingOf(site.db, consultation.id);
  return share.total - share.done > mostWaitedFor ? share : null;
}

function progressIn(visit: ConsultationVisit, at: string, share: Counting): Progress {
  const words = visit.site.sentences.desk.progress.counted;
  return progressOf(visit, at, { ...share, words });
}
