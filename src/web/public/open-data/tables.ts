import { fill } from '../../../domain/fill.ts';
import { dayOf, officialDeadline } from '../../../domain/shanghai.ts';
import { type Cell, type SummaryColumn, summaryRow } from '../../../domain/summary-table.ts';
import type { Sentences } from '../../../sentences.ts';
import { totalsTable } from '../../exports/summary.ts';
import { type Portions, type Table, withinCells } from '../../exports/table.ts';
import type { OpenComment, OpenData } from './source.ts';

// The office's columns but for the commenter.
const outcomeColumns = [
  ...(['number', 'clause', 'text', 'channels', 'comments', 'outcome', 'reason'] as const),
] as const satisfies readonly SummaryColumn[];

const commentColumns = [
  ...(['number', 'version', 'clause', 'stance', 'text', 'proposedWording', 'quotation'] as const),
  ...(['commenterKind', 'receivedOn', 'outcome', 'reason'] as const),
] as const;
type CommentColumn = (typeof commentColumns)[number];

const clauseColumns = ['version', 'address', 'citation', 'heading', 'text'] as const;

/** Open data as tables: what became of each comment, shown comments, clauses, totals, and what it all is. */
export function openTables(data: OpenData, sentences: Sentences): [Table, ...Table[]] {
  return [
    outcomesTable(data, sentences),
    commentsTable(data, sentences),
    clausesTable(data, sentences),
    // Groups may be worked on again for a correction: how many there are now is not what was published.
    totalsTable(data.published.notice.totals, null, sentences),
    aboutTable(data, sentences),
  ];
}

function outcomesTable({ rows }: OpenData, sentences: Sentences): Table {
  const { columns } = sentences.summaryTable;
  const portions = mapped(rows, (row) => {
    const cells = summaryRow(row, sentences);
    return outcomeColumns.map((column) => cells[column]);
  });
  return {
    name: sentences.openData.sheets.outcomes,
    columns: outcomeColumns.map((key) => ({ heading: columns[key], width: widthOf(key) })),
    portions: withinCells(portions, sentences.continued),
  };
}

function commentsTable({ comments, drafts }: OpenData, sentences: Sentences): Table {
  const clauses = new Map(drafts.flatMap((draft) => draft.clauses).map((clause) => [clause.id, clause]));
  const versions = new Map(drafts.map(({ id, version }) => [id, version]));
  const cellsOf = (comment: OpenComment, index: number): Readonly<Record<CommentColumn, Cell>> => {
    const { clauseId, stance, text, proposedWording, quotation, disposition } = comment;
    const clause = clauseId === null ? undefined : clauses.get(clauseId);
    return {
      ...{ number: index + 1, text, proposedWording, quotation, reason: disposition?.reason ?? '' },
      version: fill(sentences.versionName, { version: versions.get(comment.draftId) ?? 1 }),
      clause: clause ? clause.citation || clause.heading || clause.address : sentences.aboutWholeDraft,
      stance: sentences.stances[stance],
      commenterKind: sentences.commenterKinds[comment.commenterKind],
      receivedOn: dayOf(comment.receivedAt),
      outcome: disposition ? sentences.outcomes[disposition.outcome] : '',
    };
  };
  const portions = mapped(comments, (comment, index) => {
    const cells = cellsOf(comment, index);
    return commentColumns.map((column) => cells[column]);
  });
  const { sheets, columns } = sentences.openData;
  return {
    name: sheets.comments,
    columns: commentColumns.map((key) => ({ heading: columns[key], width: widthOf(key) })),
    portions: withinCells(portions, sentences.continued),
  };
}

function clausesTable({ drafts }: OpenData, sentences: Sentences): Table {
  const rows = drafts.flatMap(({ version, clauses }) =>
    clauses
      .filter(({ kind }) => kind === 'clause')
      .map(({ address, citation, heading, text }) => [
        fill(sentences.versionName, { version }),
        ...[address, citation, heading, text],
      ]),
  );
  const { sheets, clauseColumns: headings } = sentences.openData;
  return {
    name: sheets.clauses,
    columns: clauseColumns.map((key) => ({ heading: headings[key], width: widthOf(key) })),
    portions: withinCells(only(rows), sentences.continued),
  };
}

function aboutTable({ consultation, address, terms }: OpenData, sentences: Sentences): Table {
  const { sheets, facts } = sentences.openData;
  const { announcement, number, closesAt, publishedAt, answeredAt, correctedAt } = consultation;
  const rows = [
    [facts.title, announcement.title],
    [facts.number, number],
    [facts.agency, announcement.agencyName],
    [facts.publishedOn, dayOf(publishedAt)],
    [facts.closesAt, officialDeadline(closesAt)],
    [facts.answeredOn, answeredAt ? dayOf(answeredAt) : ''],
    ...(correctedAt ? [[facts.correctedOn, dayOf(correctedAt)]] : []),
    [facts.address, address],
    [facts.terms, terms],
  ];
  const columns = [
    { heading: facts.item, width: 16 },
    { heading: facts.content, width: 90 },
  ];
  return { name: sheets.about, columns, portions: only(rows) };
}

async function* mapped<T>(
  portions: AsyncIterable<readonly T[]>,
  cellsOf: (item: T, index: number) => readonly Cell[],
): Portions {
  let passed = 0;
  for await (const portion of portions) {
    const from = passed;
    yield portion.map((item, index) => cellsOf(item, from + index));
    passed += portion.length;
  }
}

async function* only(rows: readonly (readonly Cell[])[]): Portions {
  yield rows;
}

function widthOf(column: string): number {
  const widths: Readonly<Record<string, number>> = {
    ...{ text: 60, proposedWording: 40, quotation: 30, reason: 50 },
    ...{ clause: 16, citation: 18, heading: 24, address: 18, channels: 18, outcome: 14 },
  };
  return widths[column] ?? 10;
}
