import type { Assignee } from './assignment.ts';
import { type Channel, channels, type Stance } from './comment.ts';
import { type CommentFilter, type DispositionState, type Part, partOf, parts } from './comment-filter.ts';
import { outcomes } from './disposition.ts';
import { type ScreeningState, screeningStates } from './screening.ts';
import type { Count, Totals } from './totals.ts';

/** How many comments agree in everything that is told apart here. `submissions` counts those that begin among them. */
export interface Tally extends Count {
  readonly channel: Channel;
  readonly part: Part;
  readonly screening: ScreeningState;
  readonly disposition: DispositionState;
  readonly stance: Stance;
  /** Personal numbers that the notice may print of it: as they were sent, covered in part; unprinted, whatever it says. */
  readonly numbers: 'unprinted' | 'none' | 'bare' | 'covered';
  readonly assignee: Assignee;
}

/** What deeds on comments change of what is told apart: each kind has a history of its own. */
export type Work = 'disposition' | 'screening' | 'assignee';

/** What was received, told apart by channel and part, and the work on what stands. */
export interface ReceivedTotals {
  /** Channels that brought something. */
  readonly channels: readonly { readonly channel: Channel; readonly total: Count; readonly parts: ByPart }[];
  readonly parts: ByPart;
  readonly total: Count;
  /** 条 of the standing comments. */
  readonly screenings: readonly { readonly state: ScreeningState; readonly comments: number }[];
  readonly dispositions: readonly { readonly state: DispositionState; readonly comments: number }[];
  /** Nobody's first; of the others those who have any. */
  readonly assignees: readonly { readonly assignee: Assignee; readonly comments: number }[];
}
type ByPart = Readonly<Record<Part, Count>>;

export const dispositionStates = ['undisposed', ...outcomes] as const;

/** Adds tallies up. */
export function receivedTotals(tallies: readonly Tally[]): ReceivedTotals {
  const used = channels.filter((channel) => tallies.some((tally) => tally.channel === channel));
  const standing = tallies.filter(({ part }) => part === 'standing');
  return {
    channels: used.map((channel) => {
      const own = tallies.filter((tally) => tally.channel === channel);
      return { channel, total: sum(own), parts: byPart(own) };
    }),
    parts: byPart(tallies),
    total: sum(tallies),
    screenings: screeningStates.map((state) => ({
      state,
      comments: sum(standing.filter(({ screening }) => screening === state)).comments,
    })),
    dispositions: dispositionStates.map((state) => ({
      state,
      comments: sum(standing.filter(({ disposition }) => disposition === state)).comments,
    })),
    assignees: assigneesIn(standing).map((assignee) => ({
      assignee,
      comments: sum(standing.filter((tally) => tally.assignee === assignee)).comments,
    })),
  };
}

function assigneesIn(standing: readonly Tally[]): Assignee[] {
  return [...new Set<Assignee>(['', ...standing.map(({ assignee }) => assignee).sort()])];
}

/** True when every way of adding up gives what was received, counted by itself. */
export function agrees(totals: ReceivedTotals, received: Count): boolean {
  const { screenings, dispositions, assignees } = totals;
  const standing = totals.parts.standing.comments;
  return (
    [
      totals.total,
      sum(totals.channels.map(({ total }) => total)),
      sum(parts.map((part) => totals.parts[part])),
    ].every(
      ({ submissions, comments }) => submissions === received.submissions && comments === received.comments,
    ) &&
    [screenings, dispositions, assignees].every(
      (states) => states.reduce((all, { comments }) => all + comments, 0) === standing,
    )
  );
}

/** The totals of a notice: late ones apart, the others by channel and by what became of them. */
export function totalsOf(tallies: readonly Tally[]): Totals {
  const received = tallies.filter(({ part }) => part !== 'late');
  const standing = tallies.filter(({ part }) => part === 'standing');
  const treated = (state: DispositionState) =>
    sum(standing.filter(({ disposition }) => disposition === state)).comments;
  return {
    received: sum(received),
    byChannel: record(channels, (channel) => sum(received.filter((tally) => tally.channel === channel))),
    withdrawn: byPart(tallies).withdrawn,
    late: byPart(tallies).late,
    byOutcome: record(outcomes, treated),
    undisposed: treated('undisposed'),
  };
}

/** How many 条 stand unscreened of those whose senders agreed to be published. */
export function toScreen(tallies: readonly Tally[]): number {
  const asked = tallies.filter(
    ({ part, screening, numbers }) =>
      part === 'standing' && screening === 'waiting' && numbers !== 'unprinted',
  );
  return sum(asked).comments;
}

/** How many 条 that nobody screened hold personal numbers the notice would print, if nothing is covered. */
export function unscreenedNumbers(tallies: readonly Tally[]): Record<'bare' | 'covered', number> {
  const unscreened = tallies.filter(({ part, screening }) => part === 'standing' && screening === 'waiting');
  const of = (wanted: Tally['numbers']) =>
    sum(unscreened.filter(({ numbers }) => numbers === wanted)).comments;
  return { bare: of('bare'), covered: of('covered') };
}

/** How many standing 条 without a disposition are somebody's. */
export function undisposedOf(tallies: readonly Tally[], assignees: readonly Assignee[]): number {
  const left = tallies.filter(({ part, disposition }) => part === 'standing' && disposition === 'undisposed');
  return sum(left.filter(({ assignee }) => assignees.includes(assignee))).comments;
}

/**
 * How many comments a filter finds among the tallies of its clause, or undefined when it looks for words. `assignees`
 * are those whose comments it asks for; null asks for anybody's.
 */
export function countOf(
  tallies: readonly Tally[],
  filter: CommentFilter,
  assignees: readonly Assignee[] | null = null,
): number | undefined {
  if (filter.words !== '') return undefined;
  const part = partOf(filter);
  const { channel, stance, screening, disposition } = filter;
  const found = tallies.filter(
    (tally) =>
      (channel === '' || tally.channel === channel) &&
      (stance === '' || tally.stance === stance) &&
      (part === '' || tally.part === part) &&
      (screening === '' || tally.screening === screening) &&
      (disposition === '' || tally.disposition === disposition) &&
      (assignees === null || assignees.includes(tally.assignee)),
  );
  return sum(found).comments;
}

function record<K extends string, V>(keys: readonly K[], value: (key: K) => V): Record<K, V> {
  return Object.fromEntries(keys.map((key) => [key, value(key)])) as Record<K, V>;
}

function byPart(tallies: readonly Tally[]): ByPart {
  const of = (wanted: Part) => sum(tallies.filter(({ part }) => part === wanted));
  return { standing: of('standing'), withdrawn: of('withdrawn'), late: of('late') };
}

function sum(counts: readonly Count[]): Count {
  return counts.reduce(
    (total, { submissions, comments }) => ({
      submissions: total.submissions + submissions,
      comments: total.comments + comments,
    }),
    { submissions: 0, comments: 0 },
  );
}
