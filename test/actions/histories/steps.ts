import fc from 'fast-check';
import { abandonCorrection } from '../../../src/actions/abandon-correction.ts';
import { beginCorrection } from '../../../src/actions/begin-correction.ts';
import { checkChannels } from '../../../src/actions/check-channels.ts';
import { confirmGroup } from '../../../src/actions/confirm-group.ts';
import { disposeOfComment } from '../../../src/actions/dispose-of-comment.ts';
import { disposeOfComments } from '../../../src/actions/dispose-of-comments.ts';
import { drawUp } from '../../../src/actions/draw-up.ts';
import { publishNotice } from '../../../src/actions/publish-notice.ts';
import { screenComments } from '../../../src/actions/screen-comments.ts';
import { searchGroups } from '../../../src/actions/search-groups.ts';
import { returnNotice, signNotice } from '../../../src/actions/sign-notice.ts';
import { takeBackBatch, takeBackDisposition } from '../../../src/actions/take-back-dispositions.ts';
import { tallyComments } from '../../../src/actions/tally-comments.ts';
import { withdrawConsultation } from '../../../src/actions/withdraw-consultation.ts';
import { lastBatch } from '../../../src/db/disposition-batches.ts';
import { groupSearches, suggestionsFrom } from '../../../src/db/groups.ts';
import { noticeState } from '../../../src/db/notices.ts';
import { screenable } from '../../../src/db/screenings.ts';
import { channels } from '../../../src/domain/comment.ts';
import { outcomes } from '../../../src/domain/disposition.ts';
import type { EnteredChannel } from '../../../src/domain/entry.ts';
import { RuleBroken } from '../../../src/domain/issue.ts';
import { close } from '../../consultation.ts';
import { byCaseworker, commentsOf, enter, type History, send, withdraw } from './history.ts';

const comments = fc.array(
  fc.record({ clause: fc.constantFrom('', 'art_3', 'art_4'), text: fc.nat({ max: 3 }) }),
  { minLength: 1, maxLength: 3 },
);
const outcome = fc.constantFrom(...outcomes);
const which = fc.nat({ max: 30 });
const plain = (
  what: 'tallied' | 'searched' | 'grouped' | 'batchBack' | 'signed' | 'returned' | 'published',
) => fc.record({ what: fc.constant(what) });

const arrives = [
  fc.record({ what: fc.constant('sent' as const), comments }),
  fc.record({
    what: fc.constant('entered' as const),
    channel: fc.constantFrom<EnteredChannel>('phone', 'letter', 'email', 'hearing'),
    late: fc.boolean(),
    comments,
  }),
  fc.record({ what: fc.constant('withdrawn' as const), which }),
];
const worked = [
  fc.record({ what: fc.constant('screened' as const), which, verdict: fc.constantFrom('shown', 'hidden') }),
  fc.record({ what: fc.constant('disposed' as const), which, outcome }),
  fc.record({ what: fc.constant('disposedAll' as const), rest: fc.boolean(), outcome }),
  fc.record({ what: fc.constant('takenBack' as const), which }),
  fc.record({ what: fc.constant('ticked' as const), all: fc.boolean() }),
  ...(['corrected', 'abandoned'] as const).map((what) => fc.record({ what: fc.constant(what), which })),
  fc.record({ what: fc.constant('stopped' as const), which: fc.nat({ max: 20 }) }),
  ...(['tallied', 'searched', 'grouped', 'batchBack', 'returned'] as const).map(plain),
];

/** Steps before the deadline, and after it; each may be refused at any time. */
export const before = fc.array(fc.oneof(...arrives, ...arrives, ...worked), { minLength: 2, maxLength: 7 });
export const after = fc.array(
  fc.oneof(
    ...arrives,
    ...worked,
    // What brings a notice about, oftener than chance would.
    ...[false, true, true].map((publishes) =>
      fc.record({ what: fc.constant('made' as const), publishes: fc.constant(publishes), outcome }),
    ),
    ...(['signed', 'published'] as const).map(plain),
  ),
  { minLength: 8, maxLength: 16 },
);
export type Step = ArbitraryOf<typeof before> | ArbitraryOf<typeof after>;
type ArbitraryOf<A> = A extends fc.Arbitrary<readonly (infer T)[]> ? T : never;

type Deeds = { readonly [what in Step['what']]: (history: History, step: Said<what>) => Promise<unknown> };
type Said<What> = Extract<Step, { what: What }>;

const deeds: Deeds = {
  sent: (history, step) => send(history, step.comments),
  entered: enter,
  withdrawn: (history, step) => withdraw(history, step.which),
  tallied: ({ site }) => tallyComments(site.db, { portion: 3, most: 3, least: 1 }),
  screened: screened,
  disposed,
  disposedAll,
  takenBack,
  batchBack,
  ticked: (history, { all }) =>
    checkChannels(
      history.site.db,
      { ...byCaseworker(history), checked: all ? channels : ['letter'] },
      now(history),
    ),
  searched: async (history) => {
    await searchGroups(history.site.db, byCaseworker(history), now(history));
    await history.site.workOnGroups();
  },
  grouped,
  signed,
  made,
  returned: (history) =>
    returnNotice(history.site.db, { ...byApprover(history), remark: '请再核对。' }, now(history)),
  published: (history) => publishNotice(history.site.db, byCaseworker(history), now(history)),
  corrected: (history) =>
    beginCorrection(
      history.site.db,
      { ...byCaseworker(history), what: '第三条的采纳情况有误。' },
      now(history),
    ),
  abandoned: async (history) => {
    const notice = (await noticeState(history.site.db, history.consultation.id))?.id ?? 0;
    const input = { ...byCaseworker(history), notice };
    return (await abandonCorrection(history.site.db, input, now(history))) >= 0;
  },
  stopped: async (history, { which }) => {
    const input = { officer: history.approver, id: history.consultation.id, reason: '草案不再制定。' };
    // Seldom: nothing comes in after it.
    return which === 0 && withdrawConsultation(history.site.db, input, now(history));
  },
};

/** Does a step; false when it was refused, by rule or in words. */
export async function take(history: History, step: Step): Promise<boolean> {
  try {
    const result = await (deeds[step.what] as (history: History, step: Step) => Promise<unknown>)(
      history,
      step,
    );
    return result !== false && !(result && typeof result === 'object' && 'issues' in result);
  } catch (error) {
    if (error instanceof RuleBroken) return false;
    throw error;
  }
}

/** Lets the deadline pass. */
export async function closes({ site, consultation }: History): Promise<void> {
  site.clock.set('2026-04-13T09:00:00+08:00');
  await close(site.db, { ...consultation, closesAt: site.clock() });
}

function now({ site }: History): Date {
  return site.clock();
}

function byApprover(history: History) {
  return { ...byCaseworker(history), officer: history.approver };
}

async function screened(history: History, { which, verdict }: Said<'screened'>): Promise<unknown> {
  const comment = await one(history, which);
  if (!comment) return false;
  const screening = { verdict: verdict as 'shown' | 'hidden', reason: '含有广告。' };
  const found = (await screenable(history.site.db, history.consultation.id, [comment.id])).get(comment.id);
  const seen = [{ id: comment.id, seen: found?.screeningId ?? 0 }];
  const input = { ...byCaseworker(history), comments: seen, screening, looked: true };
  return screenComments(history.site.db, input, now(history));
}

async function disposed(history: History, { which, outcome }: Said<'disposed'>): Promise<unknown> {
  const comment = await one(history, which);
  if (!comment) return false;
  const input = { ...byCaseworker(history), commentId: comment.id, seen: comment.dispositionId };
  const disposition = { outcome, reason: '与上位法一致，已有规定。' };
  return disposeOfComment(history.site.db, { ...input, disposition }, now(history));
}

async function disposedAll(history: History, { rest, outcome }: Said<'disposedAll'>): Promise<unknown> {
  const standing = await commentsOf(history, true);
  const comments = standing
    .filter((each) => !rest || each.outcome === null)
    .map(({ id, dispositionId }) => ({ id, seen: dispositionId }));
  const disposition = { outcome, reason: '与上位法一致，已有规定。' };
  return disposeOfComments(
    history.site.db,
    { ...byCaseworker(history), comments, disposition },
    now(history),
  );
}

async function takenBack(history: History, { which }: Said<'takenBack'>): Promise<unknown> {
  const comment = await one(history, which);
  if (!comment) return false;
  const input = { ...byCaseworker(history), commentId: comment.id, seen: comment.dispositionId };
  return takeBackDisposition(history.site.db, input, now(history));
}

async function batchBack(history: History): Promise<unknown> {
  const batch = await lastBatch(history.site.db, history.consultation.id);
  return batch
    ? takeBackBatch(history.site.db, { ...byCaseworker(history), batchId: batch.id }, now(history))
    : false;
}

async function grouped(history: History): Promise<unknown> {
  const { done } = await groupSearches(history.site.db, history.consultation.id);
  const [suggestion] = done ? await suggestionsFrom(history.site.db, done.id, 0, 1) : [];
  if (!suggestion) return false;
  const input = { ...byCaseworker(history), ...suggestion, label: '检测项目', struck: [] };
  return confirmGroup(history.site.db, input, now(history));
}

async function signed(history: History): Promise<unknown> {
  const { site, consultation, signed } = history;
  const { notice, seen } = await drawUp(site.db, consultation, site.deps.sentences.notice, now(history));
  const input = { ...byApprover(history), seen };
  await signNotice(site.db, input, site.deps.sentences.notice, now(history));
  const state = await noticeState(site.db, consultation.id);
  signed.set(state?.sequence ?? 0, notice.totals);
  return true;
}

/** All that is left of the work, the signing and, if so, the publication; false when the last of it was refused. */
async function made(history: History, { publishes, outcome }: Said<'made'>): Promise<boolean> {
  await take(history, { what: 'disposedAll', rest: true, outcome });
  await take(history, { what: 'ticked', all: true });
  const isSigned = await take(history, { what: 'signed' });
  return publishes ? take(history, { what: 'published' }) : isSigned;
}

async function one(history: History, which: number) {
  const comments = await commentsOf(history);
  return comments[which % Math.max(1, comments.length)];
}
