import { isHeadingShape, type Label, readLabel } from './labels.ts';
import { endsSentence, type Line, packed } from './lines.ts';
import { startsWithOneOf } from './starters.ts';
import { isTableLine } from './table-lines.ts';

const title = /^[【[]?目\s{0,12}[录錄次][】\]]?[:：]?$/;
const leader = /(?:…|\.{3,}|·{3,}|．{3,}|_{3,}|－{4,}|-{4,}|\s{3,}|\t)\s{0,3}[-—]?\s?\d{1,4}\s?[-—]?$/;

const opensHeading = startsWithOneOf('第附');

/** An entry longer than this is no entry. */
const longestEntry = 80;

const longestTitle = 20;

/** The contents are followed by the first heading within so many lines. */
const farthestRepeat = 60;

/**
 * The lines of tables of contents: under 目录 up to the first heading that comes again, or a run of headings
 * without a word of text between them whose first heading comes again.
 */
export function contentsOf(lines: readonly Line[]): ReadonlySet<Line> {
  const labels = lines.map(headingOf);
  const found = new Set<Line>();
  let index = 0;
  while (index < lines.length) {
    const end = endOfContents(lines, labels, index);
    for (const line of lines.slice(index, end)) found.add(line);
    index = Math.max(end, index + 1);
  }
  return found;
}

function endOfContents(lines: readonly Line[], labels: readonly (Label | null)[], index: number): number {
  if (isTitle(lines[index])) return titledEnd(lines, labels, index + 1);
  if (labels[index] && !labels[index - 1]) return untitledEnd(lines, labels, index);
  return index;
}

function headingOf(line: Line): Label | null {
  if (line.text.length > longestEntry || !opensHeading(line.text)) return null;
  const label = readLabel(line.text.replace(leader, ''));
  return label && isHeadingShape(label.shape) ? label : null;
}

function titledEnd(lines: readonly Line[], labels: readonly (Label | null)[], start: number): number {
  let end = start;
  while (end < lines.length && isEntry(lines[end])) end += 1;
  const again = repeatOf(labels, lines, start, end, Math.min(lines.length, end + farthestRepeat));
  if (again === null) return lastLeader(lines, start, end);
  return again <= end ? again : lastLabel(lines, start, end);
}

/** Text may stand between the contents and the first heading: the contents end with their last heading. */
function lastLabel(lines: readonly Line[], start: number, end: number): number {
  for (let index = end; index > start; index -= 1) if (readLabel(lines[index - 1]?.text ?? '')) return index;
  return start;
}

/** Without a repeated heading only entries with a page number belong to the contents. */
function lastLeader(lines: readonly Line[], start: number, end: number): number {
  for (let index = end; index > start; index -= 1)
    if (leader.test(lines[index - 1]?.text ?? '')) return index;
  return start;
}

function untitledEnd(lines: readonly Line[], labels: readonly (Label | null)[], start: number): number {
  if (!labels[start]) return start;
  let end = start;
  while (labels[end]) end += 1;
  return repeatOf(labels, lines, start, end, end) ?? start;
}

function isTitle(line: Line | undefined): boolean {
  return line !== undefined && line.text.length <= longestTitle && title.test(line.text);
}

function isEntry(line: Line | undefined): boolean {
  return (
    line !== undefined &&
    !isTableLine(line.text) &&
    !isTitle(line) &&
    line.text.length <= longestEntry &&
    !(endsSentence(line.text) && !leader.test(line.text))
  );
}

/** Where, before `end`, the first label from `start` to `last` stands again; null when it does not. */
function repeatOf(
  labels: readonly (Label | null)[],
  lines: readonly Line[],
  start: number,
  last: number,
  end: number,
): number | null {
  const labelAt = (index: number) => labels[index] ?? readLabel(lines[index]?.text.replace(leader, '') ?? '');
  let from = start;
  while (from < last && !labelAt(from)) from += 1;
  const first = from < last ? labelAt(from) : null;
  for (let index = from + 1; first && index < end; index += 1) {
    const label = labelAt(index);
    if (label && isSameEntry(label, first)) return index;
  }
  return null;
}

function isSameEntry(label: Label, first: Label): boolean {
  const sameNumber = label.number === first.number && label.branch === first.branch;
  if (label.shape !== first.shape || !sameNumber) return false;
  const [words, firstWords] = [packed(label.rest.slice(0, 20)), packed(first.rest.slice(0, 20))];
  return words === '' || firstWords === '' || words.slice(0, 2) === firstWords.slice(0, 2);
}
