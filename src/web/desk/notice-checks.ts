import { type Blocker, blockers, type NoticeChecks } from '../../domain/notice-blockers.ts';
import { type Deed, may } from '../../domain/officer.ts';
import { baseOf } from './matter.ts';
import type { ConsultationVisit } from './visit.ts';

/** One line of the checklist; `to` is where it is put right, empty where there is nothing to do for this officer. */
export interface CheckRow {
  readonly text: string;
  readonly to: string;
  /** How many are left; 0 where it is fine or cannot be counted. */
  readonly count: number;
}

const pageFor: Readonly<Record<Blocker, readonly [string, Deed | null]>> = {
  noticeNotDrawnUp: ['', null],
  beingCounted: ['/notice', null],
  sheetsOpen: ['/entry/sheet', 'enter'],
  clausesGuessed: ['/mail', null],
  undisposed: ['/comments?disposition=undisposed', null],
  personalNumbers: ['/comments?screening=waiting', null],
  channelsUnchecked: ['/channels', null],
  wordsOutdated: ['/notice/words', null],
  doesNotAddUp: ['/comments', null],
};

const counted = new Set<Blocker>(['sheetsOpen', 'clausesGuessed', 'undisposed', 'channelsUnchecked']);

/** The checklist before signing: what is left with a link to where it is put right, and what is fine. */
export function checkRows(
  { site, officer, consultation }: ConsultationVisit,
  checks: NoticeChecks | null,
): { readonly blockers: CheckRow[]; readonly fine: CheckRow[] } {
  if (!checks) return { blockers: [], fine: [] };
  const { blockers: left, blockersFine: fine } = site.sentences;
  const addressOf = ([path, deed]: (typeof pageFor)[Blocker]) =>
    path !== '' && (!deed || may(officer, deed)) ? baseOf(consultation) + path : '';
  const isLeft = (code: Blocker) => checks[code] > 0;
  return {
    blockers: blockers.filter(isLeft).map((code) => ({
      text: left[code],
      to: addressOf(pageFor[code]),
      count: counted.has(code) ? checks[code] : 0,
    })),
    fine: blockers
      .filter((code) => !isLeft(code))
      .map((code) => ({ text: fine[code], to: addressOf(pageFor[code]), count: 0 })),
  };
}
