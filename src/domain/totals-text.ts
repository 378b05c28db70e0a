import { type Cell, type SummaryWords, totalsRows } from './summary-table.ts';
import type { Totals } from './totals.ts';

/** Totals as one sentence without its full stop, zeros left out: `截止前收到3件、4条（其中：本网站3件、4条）；应当办理4条`. */
export function totalsText(totals: Totals, words: SummaryWords & UnitWords): string {
  const among = words.summaryTable.among.replace('{name}', '');
  const parts: { readonly said: string; readonly inside: string[] }[] = [];
  for (const { item, submissions, comments } of totalsRows(totals, null, words)) {
    if (!comments) continue;
    const name = String(item);
    const counts = counted(submissions, comments, words);
    if (name.startsWith(among)) parts.at(-1)?.inside.push(name.slice(among.length) + counts);
    else parts.push({ said: name + counts, inside: [] });
  }
  return parts
    .map(({ said, inside }) => (inside.length > 0 ? `${said}（${among}${inside.join('，')}）` : said))
    .join('；');
}

interface UnitWords {
  readonly summaryTable: {
    readonly totalsColumns: { readonly submissions: string; readonly comments: string };
  };
}

function counted(submissions: Cell, comments: Cell, { summaryTable }: UnitWords): string {
  const { submissions: letters, comments: points } = summaryTable.totalsColumns;
  return `${submissions === '' ? '' : `${submissions}${letters}、`}${comments}${points}`;
}
