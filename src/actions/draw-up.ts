import { createHash } from 'node:crypto';
import { mergedCounts } from '../db/alike-rows.ts';
import { type Consultation, isPublished, type PublishedConsultation } from '../db/consultations.ts';
import { countGuessed } from '../db/guessed-clauses.ts';
import { channelChecks, noticeState } from '../db/notices.ts';
import type { Db } from '../db/session.ts';
import { countOpenSheets } from '../db/sheets.ts';
import { changesOf, talliesOf, uncounted } from '../db/tallies.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import { stillHolds } from '../domain/channel-check.ts';
import { drawUpNotice, type Notice, type NoticeWords, partsOf } from '../domain/feedback-notice.ts';
import { RuleBroken } from '../domain/issue.ts';
import { type Blocker, blockersIn, type NoticeChecks, noticeChecks } from '../domain/notice-blockers.ts';
import type { NoticePart } from '../domain/notice-parts.ts';
import { dayOf } from '../domain/shanghai.ts';
import { type Tally, totalsOf } from '../domain/tallies.ts';
import type { Totals } from '../domain/totals.ts';
import { printsNumbers } from './notice-rows.ts';
import { noticeText } from './notice-text.ts';

/** A notice as the data have it now. Its rows are read apart (notice-rows.ts). */
export interface DrawnUp {
  readonly notice: Notice;
  /** Its title and paragraphs, with the words around the facts. */
  readonly parts: readonly NoticePart[];
  readonly checks: NoticeChecks;
  /** What keeps it from being signed. */
  readonly blockers: readonly Blocker[];
  /** How many rows its table has. */
  readonly rowCount: number;
  /** A short mark of everything it says, its rows too, but for its date: that is the day of signing. */
  readonly seen: string;
}

/** The notice as the data have it now, dated today. Throws RuleBroken `notPublished`. */
export async function drawUp(
  db: Db,
  consultation: Consultation,
  words: NoticeWords,
  now: Date,
): Promise<DrawnUp> {
  if (!isPublished(consultation)) throw new RuleBroken('notPublished');
  // Read first: what changes afterwards changes the mark of the next reader.
  const mark = await changesOf(db, consultation.id);
  const tallies = await talliesOf(db, { consultationId: consultation.id });
  const totals = totalsOf(tallies);
  const state = await noticeState(db, consultation.id);
  const { inRows, inGroups } = await mergedCounts(db, consultation.id);
  const { facts, wordings } = await noticeText(db, consultation, state, { totals, grouped: inGroups });
  const notice = drawUpNotice(facts, totals, words, dayOf(now), wordings);
  const parts = partsOf(facts, totals, words, wordings);
  const checks = await checksOf(db, consultation, {
    drawnUp: state !== undefined,
    ...{ totals, tallies, parts },
  });
  const rowCount = totals.received.comments - totals.withdrawn.comments - inRows;
  const seen = fingerprint(notice, mark);
  return { notice, parts, checks, blockers: blockersIn(checks), rowCount, seen };
}

// More than this are not searched for personal numbers while somebody waits: they are in the background.
const mostLeft = 2_000;

async function checksOf(
  db: Db,
  { id, announcement }: PublishedConsultation,
  drawn: {
    readonly drawnUp: boolean;
    readonly totals: Totals;
    readonly tallies: readonly Tally[];
    readonly parts: readonly NoticePart[];
  },
): Promise<NoticeChecks> {
  const { countedTo, left } = await uncounted(db, id, mostLeft + 1);
  const isCounted = left <= mostLeft;
  const ticks = await channelChecks(db, id);
  return noticeChecks({
    ...drawn,
    isCounted,
    printsNumbers: isCounted && (await printsNumbers(db, id, drawn.tallies, countedTo)),
    openChannels: openChannels(announcement),
    checkedChannels: ticks
      .filter((tick) => stillHolds(tick, drawn.totals.byChannel[tick.channel].submissions))
      .map(({ channel }) => channel),
    openSheets: await countOpenSheets(db, id),
    guessedClauses: await countGuessed(db, id),
    outdatedWords: drawn.parts.filter(({ state: words }) => words === 'outdated').length,
  });
}

function fingerprint({ date: _date, ...said }: Notice, rows: number): string {
  return createHash('sha256').update(JSON.stringify({ said, rows })).digest('base64url').slice(0, 22);
}
