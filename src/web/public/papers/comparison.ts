import { canonicalComparison, type SaidInComparison } from '../../../domain/canonical-document.ts';
import type { ChangesPage, ComparedSide } from '../version-contexts.ts';

/** The canonical text of 修改对照表, from the page that shows it. */
export function comparisonText(number: string, page: Comparison & { readonly title: string }): string {
  const { title, note, rows } = page;
  return canonicalComparison(number, { title, note, rows: rows.map(rowOf) });
}

type Comparison = Pick<ChangesPage, 'note' | 'rows'>;

function rowOf(row: ChangesPage['rows'][number]): SaidInComparison['rows'][number] {
  if (row.view === 'change') return { name: row.name, old: textOf(row.old), next: textOf(row.next) };
  const text = row.clauses.map(({ name, text }) => `${name}　${text}`).join('\n');
  const name = row.first === row.last ? row.first : `${row.first}—${row.last}`;
  return { name, old: text, next: text };
}

function textOf(sides: readonly ComparedSide[]): string {
  return sides
    .map(({ label, heading, text }) => [...label, ...heading, ...text].map((run) => run.text).join(''))
    .join('\n');
}
