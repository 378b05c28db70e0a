import { diffText, joinedRuns, type Run } from './diff.ts';
import { addTo, longestRise } from './order.ts';

type Rows = readonly (readonly string[])[];

const bar = ' ｜ ';

/** A row as a line of text. */
export function rowLine(row: readonly string[]): string {
  return row.join(bar);
}

/**
 * What changed from one table to the other, a line for each row: rows that are equal in both keep each other company, rows
 * between them are compared in turn, cell by cell. Where the number of cells differs, the row is replaced.
 */
export function diffRows(old: Rows, next: Rows): Run[] {
  const runs: Run[] = [];
  let [fromOld, fromNext] = [0, 0];
  for (const [place, other] of [...equalRows(old, next), [old.length, next.length] as const]) {
    for (const run of diffStretch(old.slice(fromOld, place), next.slice(fromNext, other))) runs.push(run);
    const row = old[place];
    if (row) runs.push({ kind: 'kept', text: `${rowLine(row)}\n` });
    [fromOld, fromNext] = [place + 1, other + 1];
  }
  return withoutLastBreak(joinedRuns(runs));
}

/** Rows that stand equal in both, paired in order. */
function equalRows(old: Rows, next: Rows): (readonly [number, number])[] {
  const places = new Map<string, number[]>();
  for (const [place, row] of next.entries()) addTo(places, rowLine(row), place);
  for (const same of places.values()) same.reverse();
  const pairs = old.flatMap((row, place) => {
    const other = places.get(rowLine(row))?.pop();
    return other === undefined ? [] : [[place, other] as const];
  });
  return longestRise(pairs.map(([, other]) => other)).flatMap((place) => [pairs[place] ?? [0, 0]]);
}

function diffStretch(old: Rows, next: Rows): Run[] {
  return Array.from({ length: Math.max(old.length, next.length) }, (_, place) =>
    diffRow(old[place], next[place]),
  ).flat();
}

function diffRow(old: readonly string[] | undefined, next: readonly string[] | undefined): Run[] {
  if (!old || !next || old.length !== next.length)
    return [...lineOf('deleted', old), ...lineOf('inserted', next)];
  const cells = old.flatMap((cell, place): Run[] => [
    ...(place > 0 ? [{ kind: 'kept', text: bar } as const] : []),
    ...diffText(cell, next[place] ?? ''),
  ]);
  return [...cells, { kind: 'kept', text: '\n' }];
}

function lineOf(kind: Run['kind'], row: readonly string[] | undefined): Run[] {
  return row ? [{ kind, text: `${rowLine(row)}\n` }] : [];
}

/** Every line ends in a break; of both texts the last break goes, whichever runs it stands in. */
function withoutLastBreak(runs: readonly Run[]): Run[] {
  const tail = runs.slice(runs.findLastIndex(({ kind }) => kind === 'kept') + 1);
  const [last, head] = [runs[runs.length - tail.length - 1], runs.slice(0, runs.length - tail.length - 1)];
  const kinds = new Set(tail.map(({ kind }) => kind));
  const ends = tail.map((run) => (tail.findLast(({ kind }) => kind === run.kind) === run ? cut(run) : run));
  if (!last || kinds.size === 2) return joinedRuns(last ? [...head, last, ...ends] : ends);
  const [kind] = kinds;
  const between: Run[] = kind ? [{ kind, text: '\n' }] : [];
  return joinedRuns([...head, cut(last), ...between, ...ends]);
}

function cut(run: Run): Run {
  return { ...run, text: run.text.slice(0, -1) };
}
