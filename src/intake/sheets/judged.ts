import { clauseSearch } from '../../actions/clause-search.ts';
import { type JudgedSheet, judgeSheet, type SheetMatter } from '../../domain/sheets/judge.ts';
import type { SheetRefusal } from '../../domain/sheets/table.ts';
import { readSheet } from './read.ts';

/** Reads a table and judges its rows, or says why no rows could be taken from it. */
export async function judgedSheet(
  bytes: Uint8Array,
  { clauses, ...ground }: SheetMatter,
): Promise<JudgedSheet | { readonly refusal: SheetRefusal }> {
  const reading = await readSheet(bytes);
  if ('refusal' in reading) return reading;
  return judgeSheet(reading.rows, { ...ground, search: await clauseSearch(clauses) });
}
