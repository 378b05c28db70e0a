import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { root } from '../src/root.ts';
import type { Figure } from './figures.ts';

/** What one document took: milliseconds with the faces open, and with what comes before; memory at its highest in MB. */
export interface Printing {
  readonly first: number;
  readonly next: number;
  readonly peak: number;
  readonly kilobytes: number;
}

const legs = 3;

/** How long notices of one page and of 5,000 rows take as PDF and as Word file, each in a process of its own. */
export function measurePrint(): Figure[] {
  return (['pdf', 'docx'] as const).flatMap((format) =>
    [0, 5_000].map((rows) => {
      const runs = Array.from({ length: legs }, () => printOne(format, rows));
      const leg = (key: keyof Printing) => runs.map((run) => run[key]);
      const name = `${format}, ${rows === 0 ? 'one page' : `${rows} rows`}`;
      const note = `${Math.round(leg('kilobytes')[0] ?? 0)} KB; ${leg('peak').map(Math.round).join('  ')} MB at its highest`;
      return { name, legs: { 'the first': leg('first'), 'each further': leg('next') }, unit: 'ms', note };
    }),
  );
}

function printOne(format: string, rows: number): Printing {
  const given = ['--import', 'tsx', path.join(root, 'bench/print-one.ts'), format, String(rows)];
  return JSON.parse(execFileSync(process.execPath, given, { encoding: 'utf8' })) as Printing;
}
