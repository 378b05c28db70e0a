import { execFileSync } from 'node:child_process';
import path from 'node:path';
import type { Figure } from './figures.ts';

/** What a search for alike comments took: milliseconds, distinct texts, and MB of its process at the highest. */
export interface Searching {
  readonly folding: number;
  readonly comparing: number;
  readonly texts: number;
  /** Null where it was ended before its end. */
  readonly passedOver: number | null;
  readonly peak: number;
}

const one = path.join(import.meta.dirname, 'groups-one.ts');

/**
 * Folding and comparing of 100,000 and of 1,000,000 comments without a database, each in a process of its own: where most
 * are copies of letters, and where none is. The last is ended at a third: its memory is at its highest before.
 */
export function measureGroups(): Figure[] {
  return [
    figureOf('100,000 comments, 40 of 100 copies', 100_000, 40, 2),
    figureOf('1,000,000 comments, 95 of 100 copies', 1_000_000, 95, 2),
    figureOf('1,000,000 comments, no copies, a third of it', 1_000_000, 0, 1 / 3),
  ];
}

function figureOf(name: string, count: number, letterShare: number, until: number): Figure {
  const given = ['--import', 'tsx', one, ...[count, letterShare, until].map(String)];
  const said = execFileSync(process.execPath, given, { encoding: 'utf8' });
  const { folding, comparing, texts, passedOver, peak } = JSON.parse(said) as Searching;
  const over = passedOver === null ? '' : `, ${passedOver} of them passed over`;
  const note = `${texts} distinct texts${over}; ${Math.round(peak)} MB at the highest`;
  return {
    name: `groups: ${name}`,
    legs: { folding: [folding / 1_000], comparing: [comparing / 1_000] },
    unit: 's',
    note,
  };
}
