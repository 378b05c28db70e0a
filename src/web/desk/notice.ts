import type { FastifyReply } from 'fastify';
import { isUnderWay } from '../../actions/abandon-correction.ts';
import { drawUp } from '../../actions/draw-up.ts';
import { currentRows } from '../../actions/notice-rows.ts';
import { workersOn } from '../../db/answer-workers.ts';
import { isPublished, type PublishedConsultation } from '../../db/consultations.ts';
import { signedRowCount, signedRows } from '../../db/notice-rows.ts';
import { type NoticeState, noticeState } from '../../db/notices.ts';
import { countChanged } from '../../db/published-dispositions.ts';
import { talliesOf } from '../../db/tallies.ts';
import type { Notice } from '../../domain/feedback-notice.ts';
import type { Issue } from '../../domain/issue.ts';
import type { NoticeChecks } from '../../domain/notice-blockers.ts';
import type { NoticeRow } from '../../domain/notice-row.ts';
import { may } from '../../domain/officer.ts';
import { toScreen } from '../../domain/tallies.ts';
import { type FormState, formState } from '../forms.ts';
import { type PageOf, pagesOf, pageWithin } from '../pager.ts';
import { olderNotices } from '../public/notice-links.ts';
import { rowsOnPage } from '../public/outcome-rows.ts';
import { noticeView } from '../public/published-notice.ts';
import type { Link, NoticeView } from '../public/shapes.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { type CheckRow, checkRows } from './notice-checks.ts';
import { countingIn, sendCounting } from './notice-counting.ts';
import { goTo, queryOf, sendDesk } from './page.ts';
import type { Progress } from './progress.ts';
import type { ConsultationVisit } from './visit.ts';

export interface NoticePage {
  readonly matter: Matter;
  readonly form: FormState;
  /** With one page of its rows. */
  readonly notice: NoticeView;
  readonly rowCount: number;
  readonly pages: readonly PageOf[];
  /** What the page shows, in short: signing something else is refused. */
  readonly seen: string;
  readonly changed: boolean;
  /** The latest signing or return, 0 for none. */
  readonly judged: number;
  /** What stands in the way of signing, and what is fine. */
  readonly blockers: readonly CheckRow[];
  readonly fine: readonly CheckRow[];
  /** 条 it would print that nobody screened; 0 once it is signed. */
  readonly unscreened: number;
  /** How far the comments are counted; null once all are. */
  readonly counting: Progress | null;
  readonly stage: Stage;
  readonly by: string;
  readonly at: Date | null;
  readonly publishedAt: Date | null;
  readonly remark: string;
  readonly maySign: boolean;
  readonly ownWork: boolean;
  readonly mayReturn: boolean;
  readonly mayPublish: boolean;
  readonly publicUrl: string;
  readonly sequence: number;
  /** The number before it; 0 for the first. */
  readonly previous: number;
  /** What it corrects, and why; empty on the first. */
  readonly correction: string;
  /** To how many comments a correction that is prepared gives another disposition; null where none is prepared. */
  readonly changedCount: number | null;
  readonly dropped: boolean;
  readonly mayWord: boolean;
  readonly mayCorrect: boolean;
  readonly mayAbandon: boolean;
  /** Published ones that it corrects or that were corrected, oldest first. */
  readonly older: readonly Link[];
  readonly closesAt: Date;
}

export type Stage = 'open' | 'drawnUp' | 'returned' | 'signed' | 'published';

/** What the officer tried, where the notice page has to be shown again. */
interface Again {
  readonly status: 409 | 422;
  readonly remark?: string;
  readonly issues?: readonly Issue[];
}

/** The feedback notice as it will print, what blocks it, and what this officer can do with it; or that it is counted. */
export async function showNotice(visit: ConsultationVisit): Promise<FastifyReply> {
  return (isPublished(visit.consultation) && (await sendCounting(visit))) || sendNotice(visit);
}

/** The notice page; `again` after something that could not be done. */
export async function sendNotice(visit: ConsultationVisit, again?: Again): Promise<FastifyReply> {
  const { consultation, site, officer } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const state = await noticeState(site.db, consultation.id);
  const current = await currentNotice(visit, consultation, state);
  const { notice, seen, rowCount } = current;
  const checks = checkRows(visit, current.checks);
  const last = Math.max(1, Math.ceil(rowCount / rowsOnPage));
  const shown = pageWithin(queryOf(visit.request, 'page'), last);
  const rows = await current.rows({ passed: (shown - 1) * rowsOnPage, limit: rowsOnPage });
  const stage = stageOf(state);
  const workers = await workersOn(site.db, consultation.id);
  const isOpen = stage === 'drawnUp' || stage === 'returned';
  const ownWork = workers.includes(officer.id);
  const page = {
    title: site.sentences.desk.pages.notice,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'notice'),
    form: formState({ remark: again?.remark ?? '' }, again?.issues ?? [], site.sentences),
    notice: noticeView(notice, rows),
    rowCount,
    pages: pagesOf(`${baseOf(consultation)}/notice`, shown, last),
    seen,
    changed: again?.status === 409,
    judged: state?.signing?.id ?? 0,
    ...checks,
    unscreened: isOpen ? toScreen(await talliesOf(site.db, { consultationId: consultation.id })) : 0,
    counting: !again && current.checks?.beingCounted ? await countingIn(visit) : null,
    stage,
    by: state?.signing?.officerName ?? '',
    at: state?.signing?.createdAt ?? null,
    publishedAt: state?.publishedAt ?? null,
    remark: stage === 'returned' ? (state?.signing?.remark ?? '') : '',
    maySign: isOpen && may(officer, 'sign') && !ownWork && checks.blockers.length === 0,
    ownWork: isOpen && may(officer, 'sign') && ownWork,
    mayReturn: (isOpen || stage === 'signed') && may(officer, 'sign'),
    mayPublish: stage === 'signed' && may(officer, 'publish'),
    publicUrl: `/consultations/${consultation.number}`,
    sequence: state?.sequence ?? 1,
    previous: (state?.sequence ?? 1) - 1,
    correction: state?.correction ?? '',
    changedCount: isOpen && isUnderWay(state) ? await countChanged(site.db, consultation.id) : null,
    dropped: notice.branch === 'draftDropped',
    mayWord: isOpen && may(officer, 'dispose'),
    mayCorrect: stage === 'published' && may(officer, 'dispose'),
    mayAbandon: isOpen && isUnderWay(state) && may(officer, 'dispose'),
    older: await olderNotices(visit.site, consultation, state?.sequence ?? 1),
    closesAt: consultation.closesAt,
  };
  return sendDesk(visit, 'desk/notice', page, again?.status ?? 200);
}

/** A notice with its table, of which any portion can be read. */
export interface CurrentNotice {
  readonly notice: Notice;
  /** Null once it is signed. */
  readonly checks: NoticeChecks | null;
  /** What signing has to be told to have seen; empty once it is signed. */
  readonly seen: string;
  readonly rowCount: number;
  readonly rows: (portion: {
    readonly passed: number;
    readonly limit: number;
  }) => Promise<readonly NoticeRow[]>;
}

/** The notice as signed, or as the data have it now with what keeps it from being signed. */
export async function currentNotice(
  { site, now }: ConsultationVisit,
  consultation: PublishedConsultation,
  state: NoticeState | undefined,
): Promise<CurrentNotice> {
  const { db, sentences } = site;
  const signing = state?.signing;
  if (signing?.content) {
    const rowCount = await signedRowCount(db, signing.id);
    const rows: CurrentNotice['rows'] = (portion) => signedRows(db, signing.id, portion);
    return { notice: signing.content, checks: null, seen: '', rowCount, rows };
  }
  const drawn = await drawUp(db, consultation, sentences.notice, now);
  return { ...drawn, rows: (portion) => currentRows(db, consultation, sentences.notice, portion) };
}

function stageOf(state: NoticeState | undefined): Stage {
  if (!state) return 'open';
  if (state.publishedAt) return 'published';
  return state.signing?.verdict ?? 'drawnUp';
}
