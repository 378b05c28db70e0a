import { receivedCount, talliesOf } from '../../../db/tallies.ts';
import type { Assignee } from '../../../domain/assignment.ts';
import { type CommentFilter, everyComment, parts } from '../../../domain/comment-filter.ts';
import { agrees, type ReceivedTotals, receivedTotals, type Tally } from '../../../domain/tallies.ts';
import type { Count } from '../../../domain/totals.ts';
import { type Candidate, candidatesOf, namesOf } from '../assignment/people.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';
import { listQuery } from './filter.ts';

/** A number of the table, with the address of the comments it counts; empty for none. */
export interface TotalsCell extends Count {
  readonly to: string;
}

/** A state of work, with how many 条 are in it. */
export interface StateCell {
  readonly label: string;
  readonly comments: number;
  readonly to: string;
}

/** What was received, told apart in every way, and whether it all adds up. */
export interface TotalsShown {
  readonly total: Count;
  readonly standing: number;
  readonly undisposed: number;
  readonly rows: readonly { readonly label: string; readonly cells: readonly TotalsCell[] }[];
  readonly sums: readonly TotalsCell[];
  readonly screenings: readonly StateCell[];
  readonly dispositions: readonly StateCell[];
  /** Whose the standing ones are; empty while all are nobody's. */
  readonly assignees: readonly StateCell[];
  readonly agrees: boolean;
}

/** Counts what a consultation received; the tallies tell how many a filter finds. */
export async function totalsShown(visit: ConsultationVisit): Promise<{
  readonly totals: TotalsShown;
  readonly tallies: readonly Tally[];
  /** Everybody comments may have been given to. */
  readonly candidates: readonly Candidate[];
}> {
  const { site, consultation } = visit;
  const candidates = await candidatesOf(visit);
  const tallies = await talliesOf(site.db, { consultationId: consultation.id });
  const received = await receivedCount(site.db, consultation.id);
  const totals = receivedTotals(tallies);
  const nameOf = namesOf(candidates, visit);
  return {
    totals: { ...shown(totals, visit, nameOf), agrees: agrees(totals, received) },
    tallies,
    candidates,
  };
}

function shown(
  totals: ReceivedTotals,
  { site, consultation }: ConsultationVisit,
  nameOf: (key: Assignee) => string,
): Omit<TotalsShown, 'agrees'> {
  const { channels, screenings, outcomes, desk } = site.sentences;
  const cell = (count: Count, change: Partial<CommentFilter>): TotalsCell => {
    const query = listQuery({ filter: { ...everyComment, ...change }, from: 0 });
    const to = `${baseOf(consultation)}/comments${query && `?${query}`}#list`;
    return { ...count, to: count.comments > 0 ? to : '' };
  };
  const state = (label: string, comments: number, change: Partial<CommentFilter>): StateCell => ({
    label,
    ...cell({ submissions: 0, comments }, change),
  });
  return {
    total: totals.total,
    standing: totals.parts.standing.comments,
    undisposed: totals.dispositions.find((each) => each.state === 'undisposed')?.comments ?? 0,
    rows: totals.channels.map(({ channel, parts: own, total }) => ({
      label: channels[channel],
      cells: [...parts.map((part) => cell(own[part], { channel, part })), cell(total, { channel })],
    })),
    sums: [...parts.map((part) => cell(totals.parts[part], { part })), cell(totals.total, {})],
    screenings: totals.screenings.map(({ state: screening, comments }) =>
      state(screenings[screening], comments, { screening }),
    ),
    dispositions: totals.dispositions.map(({ state: disposition, comments }) =>
      state(disposition === 'undisposed' ? desk.undisposed : outcomes[disposition], comments, {
        disposition,
      }),
    ),
    assignees:
      totals.assignees.length < 2
        ? []
        : totals.assignees.map(({ assignee, comments }) =>
            state(nameOf(assignee), comments, { assigned: assignee || 'none' }),
          ),
  };
}
