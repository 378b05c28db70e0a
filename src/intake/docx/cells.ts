import type { Closer, Opener } from './content.ts';
import { closeFlow, openFlow, type Reading, spend } from './flow.ts';
import { closeCell, closeRow, itemsOf, leaveFree, openCell, openRow, openTable } from './tables.ts';
import type { Attributes } from './xml.ts';

/** Tables, their rows and cells. */
export const tableOpeners: readonly [string, Opener][] = [
  ['w:tbl', beginTable],
  ['w:tr', beginRow],
  ['w:tc', beginCell],
  ['w:gridBefore', leaveBefore],
  ['w:gridAfter', leaveAfter],
  ['w:gridSpan', mergeAcross],
  ['w:vMerge', merge],
  ['w:hMerge', merge],
];

/** What to do where these end. */
export const tableClosers: readonly [string, Closer][] = [
  ['w:tbl', endTable],
  ['w:tr', endRow],
  ['w:tc', endCell],
];

function beginTable(reading: Reading): undefined {
  reading.tables.push(openTable());
}

function endTable(reading: Reading): void {
  const table = reading.tables.pop();
  const flow = reading.flows.at(-1);
  if (table && flow) for (const item of itemsOf(table)) flow.items.push(item);
}

function beginRow(reading: Reading): undefined {
  const table = reading.tables.at(-1);
  if (table) openRow(table);
}

function endRow(reading: Reading): void {
  const table = reading.tables.at(-1);
  if (table) closeRow(table);
}

function leaveBefore(reading: Reading, attributes: Attributes): undefined {
  const table = reading.tables.at(-1);
  if (table) leaveFree(table, columnsIn(attributes, 0));
}

function leaveAfter(reading: Reading, attributes: Attributes): undefined {
  const table = reading.tables.at(-1);
  if (table) table.after = columnsIn(attributes, 0);
}

function beginCell(reading: Reading): undefined {
  const table = reading.tables.at(-1);
  if (table) openCell(table);
  reading.flows.push(openFlow());
}

function endCell(reading: Reading): void {
  const items = closeFlow(reading.flows.pop());
  const table = reading.tables.at(-1);
  spend(reading, costOfCell * (table?.span ?? 0));
  if (table) closeCell(table, items);
}

/** Empty cells take memory, too. */
const costOfCell = 4;

function columnsIn(attributes: Attributes, least: number): number {
  const columns = Number.parseInt(attributes('val') ?? '', 10);
  return Math.min(Math.max(columns || least, least), mostColumns);
}

/** As many columns as a table in Word may have. */
const mostColumns = 63;

function mergeAcross(reading: Reading, attributes: Attributes): undefined {
  const table = reading.tables.at(-1);
  if (!table) return;
  table.span = columnsIn(attributes, 1);
  if (table.span > 1) reading.counts.mergedCells += 1;
}

function merge(reading: Reading, attributes: Attributes): undefined {
  const table = reading.tables.at(-1);
  if (attributes('val') === 'restart') reading.counts.mergedCells += 1;
  else if (table) table.isContinued = true;
}
