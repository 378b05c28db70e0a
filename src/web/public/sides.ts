import type { VersionClause } from '../../domain/versions/clause.ts';
import { type ComparedClause, wordsOf } from '../../domain/versions/compare.ts';
import type { Run } from '../../domain/versions/diff.ts';
import type { ComparedSide } from './version-contexts.ts';

/** The two sides of a comparison, clause by clause: what was deleted on the old side, what was inserted on the new. */
export function sidesOf(compared: ComparedClause): {
  readonly old: ComparedSide[];
  readonly next: ComparedSide[];
} {
  const { old, next, label, heading, text } = compared;
  const side = (clauses: readonly VersionClause[], unseen: Run['kind']): ComparedSide[] => {
    const cut = (runs: readonly Run[], part: (clause: VersionClause) => string) =>
      cutRuns(
        runs.filter(({ kind }) => kind !== unseen),
        clauses.map((clause) => part(clause).length),
      );
    const labels = cut(label, (clause) => clause.label);
    const headings = cut(heading, (clause) => clause.heading);
    const texts = cut(text, wordsOf);
    return clauses.map((_, index) => ({
      label: labels[index] ?? [],
      heading: headings[index] ?? [],
      text: texts[index] ?? [],
    }));
  };
  return { old: side(old, 'inserted'), next: side(next, 'deleted') };
}

/** Runs of several texts, joined by a line break, as the runs of each. */
export function cutRuns(runs: readonly Run[], lengths: readonly number[]): Run[][] {
  const parts: Run[][] = lengths.map(() => []);
  let [index, left] = [0, lengths[0] ?? 0];
  for (const { kind, text } of runs)
    for (let at = 0; at < text.length; ) {
      if (left === 0) {
        index += 1;
        left = lengths[index] ?? Number.POSITIVE_INFINITY;
        at += 1; // the line break between two texts
        continue;
      }
      const piece = text.slice(at, at + left);
      parts[index]?.push({ kind, text: piece });
      left -= piece.length;
      at += piece.length;
    }
  return parts;
}
