import type { FindableClause } from '../clause-finder.ts';
import { type CommentInput, judgeSubmission, type Submission } from '../comment.ts';
import { type Arrival, judgeArrival } from '../entry.ts';
import type { Issue } from '../issue.ts';
import type { Day } from '../shanghai.ts';
import { type Coded, codedCell, usualCodes } from './codes.ts';
import { headingsIn, neededColumns, type SheetColumn, type SheetWords } from './columns.ts';
import {
  differences,
  type Group,
  groupsOf,
  heldBack,
  type Line,
  lineFrom,
  type SheetProblem,
} from './lines.ts';
import type { SheetRefusal, SheetRow } from './table.ts';

/** What words about a clause mean. */
export type SheetSearch = (words: string) => 'wholeDraft' | readonly { readonly address: string }[];

/** What a table is judged by. */
export interface SheetGround {
  readonly words: SheetWords;
  readonly search: SheetSearch;
  readonly today: Day;
}

/** A submission as a table tells it, in one row or several; `row` is the first of them. */
export interface SheetEntry {
  readonly row: number;
  readonly arrival: Arrival;
  readonly submission: Submission;
}

/** Every row of a table is in one entry, or in one that has a problem. */
export interface JudgedSheet {
  readonly entries: readonly SheetEntry[];
  /** In the order of the rows. */
  readonly problems: readonly SheetProblem[];
  /** Rows with content below the headings, without examples. */
  readonly rows: number;
}

/** What a table is judged by in another thread: the clauses of the draft instead of what searches them. */
export interface SheetMatter extends Omit<SheetGround, 'search'> {
  readonly clauses: readonly FindableClause[];
}

/** Reads and judges tables off the request thread, within limits of time and memory. Never throws for a bad file. */
export interface SheetReader {
  readSheet(
    bytes: Uint8Array,
    matter: SheetMatter,
  ): Promise<JudgedSheet | { readonly refusal: SheetRefusal }>;
}

/** Judges the rows of a table as the entry form would judge them. What has a problem is no entry, with all its rows. */
export function judgeSheet(rows: readonly SheetRow[], ground: SheetGround): JudgedSheet {
  const { index, places } = headingsIn(rows, ground.words);
  const lines = rows.slice(index + 1).map((row) => lineFrom(row, places));
  const real = lines.filter(({ entryNumber }) => entryNumber !== ground.words.example);
  const missing = neededColumns.filter((column) => places[column] === undefined);
  if (missing.length > 0) {
    const row = rows[index]?.number ?? 1;
    const problems = missing.map((column) => ({ row, column, key: 'columnMissing' }));
    return { entries: [], problems, rows: real.length };
  }
  const judged = groupsOf(real).map((group) => judgeGroup(group, ground));
  return {
    entries: judged.flatMap((each) => ('arrival' in each ? [each] : [])),
    problems: judged
      .flatMap((each) => ('problems' in each ? each.problems : []))
      .sort((one, other) => one.row - other.row),
    rows: real.length,
  };
}

function judgeGroup(group: Group, ground: SheetGround): SheetEntry | { readonly problems: SheetProblem[] } {
  const [first] = group;
  const { words, today } = ground;
  const channel = codedCell(first, 'channel', words.channels);
  const kind = codedCell(first, 'commenterKind', words.commenterKinds);
  const consent = codedCell(first, 'consent', words.consents);
  const comments = group.map((line) => commentFrom(line, ground));
  const arrival = judgeArrival(arrivalInput(first, channel), today);
  const submission = judgeSubmission(
    {
      ...{ name: first.name, phone: first.phone, email: first.email },
      ...{ commenterKind: kind.code, consent: consent.code },
      comments: comments.map(({ comment }) => comment),
    },
    { name: 'optional', phone: 'optional', email: 'optional' },
  );
  const problems = [
    ...differences(group),
    ...[channel, kind, consent].flatMap((coded) => coded.problems),
    ...comments.flatMap((each) => each.problems),
    ...('issues' in arrival ? arrival.issues.map((issue) => problemOf(issue, group)) : []),
    ...('issues' in submission ? submission.issues.map((issue) => problemOf(issue, group)) : []),
  ];
  if (problems.length === 0 && !('issues' in arrival) && !('issues' in submission))
    return { row: first.row, arrival, submission };
  return { problems: [...problems, ...heldBack(group, problems)] };
}

// What is told as an unknown word is not told once more as missing.
function arrivalInput({ receivedOn, postmarkedOn }: Line, channel: Coded) {
  const code = channel.problems.length > 0 ? usualCodes.channel : channel.code;
  return { channel: code, receivedOn: dayWords(receivedOn), postmarkedOn: dayWords(postmarkedOn) };
}

/** The day in a cell that may tell the time as well: `2026/4/7 0:00:00`, `2026 年 4 月 7 日`. */
function dayWords(cell: string): string {
  return cell.includes('年') ? cell.replace(/\s+/g, '') : (cell.split(/[\sT]/, 1)[0] ?? '');
}

function commentFrom(
  line: Line,
  { words, search }: SheetGround,
): { readonly comment: CommentInput; readonly problems: readonly SheetProblem[] } {
  const stance = codedCell(line, 'stance', words.stances);
  const clause = clauseIn(line, search);
  const address = typeof clause === 'string' ? clause : '';
  const comment = {
    clause: address,
    stance: stance.code,
    text: line.text,
    proposedWording: line.proposedWording,
    quotation: null,
  };
  return { comment, problems: [...stance.problems, ...(typeof clause === 'string' ? [] : [clause])] };
}

function clauseIn({ row, clause }: Line, search: SheetSearch): string | SheetProblem {
  const meant = search(clause);
  if (meant === 'wholeDraft') return '';
  const [only] = meant;
  if (only && meant.length === 1) return only.address;
  const words = [...clause].slice(0, 40).join('');
  const cell = { row, column: 'clause' } as const;
  if (!only) return { ...cell, key: 'noSuchClause', values: { words } };
  return { ...cell, key: 'ambiguousClause', values: { words, count: meant.length } };
}

/** An issue at the row that it is about: fields of comments carry the number of theirs. */
function problemOf({ field, key, values }: Issue, group: Group): SheetProblem {
  const [, column = field, index = '0'] = /^(.+)-(\d+)$/.exec(field) ?? [];
  const { row } = group[Number(index)] ?? group[0];
  return { row, column: column as SheetColumn, key, ...(values && { values }) };
}
