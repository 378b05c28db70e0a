import { commonTokens } from './common-tokens.ts';
import { readable } from './readable.ts';
import { tokensOf } from './tokens.ts';

/** A stretch of text that is in both versions, only in the new one, or only in the old one. */
export interface Run {
  readonly kind: 'kept' | 'inserted' | 'deleted';
  readonly text: string;
}

/**
 * What changed from one text to the other, as people read it: kept and deleted runs make the old text, kept and
 * inserted the new one; of a replacement the deleted run stands first. Time is bounded by the length of the texts.
 */
export function diffText(old: string, next: string): Run[] {
  if (old === next) return joinedRuns([{ kind: 'kept', text: old }]);
  const [before, after] = [tokensOf(old), tokensOf(next)];
  const steps = readable(before, after, commonTokens(before, after));
  return joinedRuns(
    steps.flatMap(({ kept, deleted, inserted }): Run[] => [
      { kind: 'kept', text: kept },
      { kind: 'deleted', text: deleted },
      { kind: 'inserted', text: inserted },
    ]),
  );
}

/** The runs without empty ones, and with neighbours of one kind as one. */
export function joinedRuns(runs: readonly Run[]): Run[] {
  const result: Run[] = [];
  for (const run of runs.filter(({ text }) => text !== '')) {
    const last = result.at(-1);
    if (last?.kind === run.kind) result[result.length - 1] = { ...run, text: last.text + run.text };
    else result.push(run);
  }
  return result;
}
