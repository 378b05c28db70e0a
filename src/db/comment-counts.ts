import type { Channel } from '../domain/comment.ts';
import { type Tally, totalsOf } from '../domain/tallies.ts';
import type { Count } from '../domain/totals.ts';
import type { Db } from './session.ts';
import { talliesByConsultation, talliesOf } from './tallies.ts';

/** How much came in time for a consultation, how many 条 of it wait for a disposition, and how much was late. */
export interface CommentCounts extends Count {
  readonly undisposed: number;
  readonly late: Count;
}

/** Counts by consultation id, for those given; where nothing came, in time or late, there is no entry. */
export async function commentCounts(
  db: Db,
  consultationIds: readonly number[],
): Promise<Map<number, CommentCounts>> {
  const all = await talliesByConsultation(db, consultationIds);
  return new Map([...all].map(([id, tallies]) => [id, countsIn(tallies)]));
}

/** The same from tallies that were read. */
export function countsIn(tallies: readonly Tally[]): CommentCounts {
  const { received, undisposed, late } = totalsOf(tallies);
  return { ...received, undisposed, late };
}

/** What came in time by each channel that brought anything. */
export async function channelCounts(db: Db, consultationId: number): Promise<Map<Channel, Count>> {
  const { byChannel } = totalsOf(await talliesOf(db, { consultationId }));
  const counts = Object.entries(byChannel) as [Channel, Count][];
  return new Map(counts.filter(([, { comments }]) => comments > 0));
}
