import type { PublishedConsultation } from '../../../db/consultations.ts';
import { signedRows } from '../../../db/notice-rows.ts';
import { publishedNotice } from '../../../db/notices.ts';
import { fill } from '../../../domain/fill.ts';
import type { NoticeRow } from '../../../domain/notice-row.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import { officialDeadline } from '../../../domain/shanghai.ts';
import { type SummaryColumn, summaryColumns, summaryRow } from '../../../domain/summary-table.ts';
import type { Totals } from '../../../domain/totals.ts';
import { totalsText } from '../../../domain/totals-text.ts';
import { mostInFile } from '../../official.ts';
import { withOrigin } from '../../origin-marks.ts';
import type { Site } from '../../site.ts';
import { enclosedRows } from '../outcome-rows.ts';
import { plain, sourceOf } from './paper.ts';

/** The newest published 意见采纳情况汇总表, as signed; undefined before a notice is published. */
export async function summaryPaper(
  site: Site,
  consultation: PublishedConsultation,
): Promise<OfficialDocument | undefined> {
  const published = await publishedNotice(site.db, consultation.id);
  if (!published) return undefined;
  const { notice, signingId, rowCount } = published;
  const read = (limit: number) => signedRows(site.db, signingId, { passed: 0, limit });
  return summaryDocument(site, consultation, { totals: notice.totals, rowCount, read });
}

/** Comments of a notice with how they were treated, and the totals. */
export interface Summary {
  readonly totals: Totals;
  readonly rowCount: number;
  readonly read: (limit: number) => Promise<readonly NoticeRow[]>;
}

/** Millimetres of a sheet on its side. */
const shares: Readonly<Record<SummaryColumn, number>> = {
  ...{ number: 11, clause: 22, text: 59, commenter: 22, channels: 20, comments: 12, outcome: 20, reason: 59 },
};
const centred: readonly SummaryColumn[] = ['number', 'comments', 'outcome'];

/** The table on its side, with the totals above; without rows where they are too many for one paper. */
export async function summaryDocument(
  site: Pick<Site, 'sentences' | 'config'>,
  consultation: PublishedConsultation,
  { totals, rowCount, read }: Summary,
): Promise<OfficialDocument> {
  const { sentences } = site;
  const { summaryPaper: words, summaryTable } = sentences;
  const { rows, rowsApart } = await enclosedRows(rowCount, mostInFile, read);
  const { agencyName: agency, draftName } = consultation.announcement;
  const deadline = officialDeadline(consultation.closesAt);
  const said = {
    ...plain,
    title: fill(words.title, { draftName }),
    paragraphs: [
      fill(words.lead, { agency, deadline, totals: totalsText(totals, sentences) }),
      ...(rowsApart > 0 ? [fill(words.apart, { count: rowsApart })] : []),
    ],
    table: {
      ...({ caption: summaryTable.title, place: 'below', large: false, leastLines: 1 } as const),
      columns: summaryColumns.map((key) => ({
        ...{ name: summaryTable.columns[key], share: shares[key], centred: centred.includes(key) },
      })),
      rows: rows.map((row) => {
        const cells = summaryRow(row, sentences);
        return summaryColumns.map((key) => String(cells[key]));
      }),
    },
  };
  const table = rows.length > 0 ? said.table : null;
  return withOrigin(
    sourceOf(site, consultation),
    { ...said, table },
    { sealed: false, wide: true },
    sentences,
  );
}
