import { type Channel, channels } from './comment.ts';
import { type Outcome, outcomes } from './disposition.ts';
import { fill } from './fill.ts';
import type { ChannelCounts, NoticeRow } from './notice-row.ts';
import type { Count, Totals } from './totals.ts';

/** Columns of the 意见采纳情况汇总表 in their order; `columns` of its words says what they are called. */
export const summaryColumns = [
  'number',
  'clause',
  'text',
  'commenter',
  'channels',
  'comments',
  'outcome',
  'reason',
] as const;
export type SummaryColumn = (typeof summaryColumns)[number];

/** Columns of its second sheet, the totals. */
export const totalsColumns = ['item', 'submissions', 'comments', 'kinds'] as const;
export type TotalsColumn = (typeof totalsColumns)[number];

/** The words of the table (views/sentences, under `summaryTable`), and the names it uses from elsewhere. */
export interface SummaryWords {
  readonly summaryTable: {
    readonly columns: Readonly<Record<SummaryColumn, string>>;
    readonly totalsColumns: Readonly<Record<TotalsColumn, string>>;
    readonly channelCount: string;
    readonly received: string;
    readonly withdrawn: string;
    readonly standing: string;
    readonly undisposed: string;
    readonly late: string;
    readonly among: string;
  };
  readonly channels: Readonly<Record<Channel, string>>;
  readonly outcomes: Readonly<Record<Outcome, string>>;
  readonly alikeRow: string;
  readonly alikeCommenters: string;
}

/** A cell: text, or a number that can be added up. */
export type Cell = string | number;

/**
 * A row of the table, by column: what the notice prints of one comment or of several alike ones, and through which
 * channels they came. The column `comments` adds up to the comments that stand.
 */
export function summaryRow(row: NoticeRow, words: SummaryWords): Readonly<Record<SummaryColumn, Cell>> {
  const { number, clause, text, commenter, outcome, reason, alike } = row;
  const isOne = alike === 1;
  return {
    ...{ number, clause, reason, comments: alike },
    text: isOne ? text : `${text}\n${fill(words.alikeRow, { count: alike })}`,
    commenter: isOne ? commenter : fill(words.alikeCommenters, { commenter }),
    channels: channelsSaid(row.channels, words),
    outcome: outcome ? words.outcomes[outcome] : words.summaryTable.undisposed,
  };
}

/** Channels with their counts, in the usual order: `本网站2条、信函1条`; of one comment only the channel. */
function channelsSaid(counts: ChannelCounts, words: SummaryWords): string {
  const used = channels.filter((channel) => (counts[channel] ?? 0) > 0);
  const [only] = used;
  if (used.length === 1 && only && counts[only] === 1) return words.channels[only];
  return used
    .map((channel) =>
      fill(words.summaryTable.channelCount, {
        channel: words.channels[channel],
        count: counts[channel] ?? 0,
      }),
    )
    .join('、');
}

/**
 * Rows of the totals, by column: received, by channel, withdrawn, what stands and how it was treated, and late ones
 * apart; an empty cell where nothing is counted. `kinds` is how many 类 the standing comments make, null where that is not told.
 */
export function totalsRows(
  totals: Totals,
  kinds: number | null,
  words: SummaryWords,
): Readonly<Record<TotalsColumn, Cell>>[] {
  const { summaryTable: said } = words;
  const { received, byChannel, withdrawn, late, byOutcome, undisposed } = totals;
  const counted = (item: string, { submissions, comments }: Count) => ({
    ...{ item, submissions, comments, kinds: '' },
  });
  const treated = (item: string, comments: number) => ({ item, submissions: '', comments, kinds: '' });
  const among = (name: string) => fill(said.among, { name });
  return [
    counted(said.received, received),
    ...channels.map((channel) => counted(among(words.channels[channel]), byChannel[channel])),
    counted(said.withdrawn, withdrawn),
    { ...treated(said.standing, received.comments - withdrawn.comments), kinds: kinds ?? '' },
    ...outcomes.map((outcome) => treated(among(words.outcomes[outcome]), byOutcome[outcome])),
    treated(among(said.undisposed), undisposed),
    counted(said.late, late),
  ];
}
