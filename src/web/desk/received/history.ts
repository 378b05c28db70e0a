import type { AssignmentEntry } from '../../../db/assignments.ts';
import type { DispositionEntry } from '../../../db/dispositions.ts';
import type { RedactionEntry, ScreeningEntry } from '../../../db/screenings.ts';
import type { Assignee } from '../../../domain/assignment.ts';
import { fill } from '../../../domain/fill.ts';
import { coveredCount } from '../../../domain/redaction.ts';
import type { Sentences } from '../../../sentences.ts';

/** One change of a comment's screening or of its published words: from what to what, by whom, when and why. */
export interface HistoryLine {
  readonly at: Date;
  readonly who: string;
  readonly from: string;
  readonly to: string;
  readonly reason: string;
}

/** Screenings and redactions of one comment together, oldest first. */
export function historyOf(
  screenings: readonly ScreeningEntry[] = [],
  redactions: readonly RedactionEntry[] = [],
  { screenings: names, desk }: Sentences,
): HistoryLine[] {
  const screened = screenings.map((entry, index) => ({
    ...lineOf(entry),
    from: names[screenings[index - 1]?.verdict ?? 'waiting'],
    to: names[entry.verdict],
  }));
  const coverage = (entry: RedactionEntry | undefined) => {
    const count = entry ? coveredCount(entry) : 0;
    return count > 0 ? fill(desk.covered, { count }) : desk.uncovered;
  };
  const redacted = redactions.map((entry, index) => ({
    ...lineOf(entry),
    from: coverage(redactions[index - 1]),
    to: coverage(entry),
  }));
  return [...screened, ...redacted].sort((a, b) => a.at.getTime() - b.at.getTime());
}

/** The dispositions of one comment, oldest first, each with what stood before it. */
export function disposedHistory(
  entries: readonly DispositionEntry[],
  { outcomes, desk }: Sentences,
): HistoryLine[] {
  const named = (entry: DispositionEntry | undefined) =>
    entry?.outcome ? outcomes[entry.outcome] : desk.undisposed;
  return entries.map((entry, index) => ({
    ...lineOf(entry),
    from: named(entries[index - 1]),
    to: named(entry),
  }));
}

/** The assignments of one comment, oldest first, each with whose it was before. */
export function assignedHistory(
  entries: readonly AssignmentEntry[],
  nameOf: (key: Assignee) => string,
): HistoryLine[] {
  return entries.map(({ assignee, remark: reason, officerName: who, createdAt: at }, index) => ({
    ...{ at, who, reason },
    from: nameOf(entries[index - 1]?.assignee ?? ''),
    to: nameOf(assignee),
  }));
}

function lineOf({ createdAt, officerName, reason }: ScreeningEntry | RedactionEntry | DispositionEntry) {
  return { at: createdAt, who: officerName, reason };
}
