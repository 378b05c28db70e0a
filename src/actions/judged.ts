import type { NoticeState } from '../db/notices.ts';

/** True when `judged` is the latest signing or return of a notice (0: none), or is not said. */
export function isAsJudged({ signing }: NoticeState, judged: number | undefined): boolean {
  return judged === undefined || judged === (signing?.id ?? 0);
}
