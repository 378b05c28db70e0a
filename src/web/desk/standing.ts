import { type CommentCounts, commentCounts } from '../../db/comment-counts.ts';
import { type Consultation, phaseNow } from '../../db/consultations.ts';
import { workersOn } from '../../db/ledger.ts';
import { channelChecks, type NoticeState, noticeState } from '../../db/notices.ts';
import type { Db } from '../../db/session.ts';
import { openChannels } from '../../domain/announcement-issues.ts';
import type { Channel } from '../../domain/comment.ts';
import type { Phase } from '../../domain/consultation.ts';
import { may, type Officer } from '../../domain/officer.ts';

/** How far the work on one consultation has come. */
export interface Standing {
  readonly phase: Phase | 'draft';
  readonly counts: CommentCounts;
  /** Channels the announcement opened that nobody ticked as looked through. */
  readonly unchecked: readonly Channel[];
  readonly notice: NoticeState | undefined;
  readonly workers: readonly number[];
}

/** What a consultation waits for once it is published: nothing, or the next steps, in their order. */
export const waits = ['undisposed', 'channelsUnchecked', 'returned', 'toSign', 'toPublish'] as const;
export type Wait = (typeof waits)[number];

const nothing: CommentCounts = {
  ...{ submissions: 0, comments: 0, undisposed: 0 },
  late: { submissions: 0, comments: 0 },
};

/** Reads how far consultations have come, in the same order. */
export async function standingsOf(
  db: Db,
  consultations: readonly Consultation[],
  now: Date,
): Promise<Standing[]> {
  const ids = consultations.map(({ id }) => id);
  const counts = await commentCounts(db, ids);
  const standings: Standing[] = [];
  for (const consultation of consultations)
    standings.push(await standingOf(db, consultation, counts.get(consultation.id) ?? nothing, now));
  return standings;
}

/** The steps that are left between the closing and the published notice. */
export function waitsOf({ phase, counts, unchecked, notice }: Standing): Wait[] {
  if (phase !== 'closed') return [];
  const verdict = notice?.signing?.verdict;
  if (verdict === 'signed') return ['toPublish'];
  const found: Wait[] = verdict === 'returned' ? ['returned'] : [];
  if (counts.undisposed > 0) found.push('undisposed');
  if (unchecked.length > 0) found.push('channelsUnchecked');
  return counts.undisposed > 0 || unchecked.length > 0 ? found : [...found, 'toSign'];
}

/** True when this officer can take the step. */
export function isFor(officer: Officer, wait: Wait, standing: Standing): boolean {
  if (wait === 'toSign') return may(officer, 'sign') && !standing.workers.includes(officer.id);
  return may(officer, wait === 'toPublish' ? 'publish' : 'dispose');
}

// What only matters after the closing is not read before.
async function standingOf(
  db: Db,
  consultation: Consultation,
  counts: CommentCounts,
  now: Date,
): Promise<Standing> {
  const phase = phaseNow(consultation, now);
  if (phase !== 'closed') return { phase, counts, unchecked: [], notice: undefined, workers: [] };
  const checks = await channelChecks(db, consultation.id);
  const checked = checks.filter((check) => check.checked).map((check) => check.channel);
  return {
    phase,
    counts,
    unchecked: openChannels(consultation.announcement).filter((channel) => !checked.includes(channel)),
    notice: await noticeState(db, consultation.id),
    workers: await workersOn(db, consultation.id),
  };
}
