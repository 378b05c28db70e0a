import type { IntakeNote } from '../../domain/import.ts';
import type { Closer, Opener } from './content.ts';
import { markField } from './fields.ts';
import { append, type Reading } from './flow.ts';
import { numberIn } from './number-formats.ts';
import { symbolOf } from './symbols.ts';
import { type Attributes, isOn } from './xml.ts';

/** What stands in a line: text, breaks, signs, fields, pictures, and what was changed. */
export const runOpeners: readonly [string, Opener][] = [
  ['w:r', openRun],
  ['w:vanish', hide],
  ['w:t', openText],
  // The same name stands for a tab stop in the properties of a paragraph.
  ['w:tab', (reading, _, parent) => add(reading, parent === 'w:r' ? '\t' : '')],
  ['w:ptab', (reading) => add(reading, '\t')],
  ['w:br', (reading) => add(reading, '\n')],
  ['w:cr', (reading) => add(reading, '\n')],
  ['w:noBreakHyphen', (reading) => add(reading, '-')],
  [
    'w:sym',
    (reading, attributes) => add(reading, symbolOf(attributes('font') ?? '', attributes('char') ?? '')),
  ],
  ['w:fldChar', openMark],
  ['w:footnoteReference', (reading, attributes) => refer(reading, attributes, 'footnotes')],
  ['w:endnoteReference', (reading, attributes) => refer(reading, attributes, 'endnotes')],
  ['w:del', leaveOut],
  ['w:moveFrom', leaveOut],
  ['w:ins', (reading, _, parent) => note(reading, parent === 'w:numPr' ? null : 'trackedChanges')],
  ['w:moveTo', (reading) => note(reading, 'trackedChanges')],
  ['pic:pic', (reading) => note(reading, 'pictures')],
  ['c:chart', (reading) => note(reading, 'pictures')],
  ['dgm:relIds', (reading) => note(reading, 'pictures')],
  ['v:imagedata', (reading) => note(reading, 'pictures')],
  // How something is pronounced, not what it says.
  ['w:rt', () => 'skip'],
];

/** What is written where something in a line ends: a fraction is 1/2. */
export const runClosers: readonly [string, Closer][] = [['m:num', (reading) => append(reading, '/')]];

function add(reading: Reading, text: string): undefined {
  append(reading, text);
}

function note(reading: Reading, key: IntakeNote['key'] | null): undefined {
  if (key !== null) reading.counts[key] += 1;
}

function openRun(reading: Reading): undefined {
  const flow = reading.flows.at(-1);
  if (flow) flow.isHidden = false;
}

/** Hidden text; in the properties of a paragraph it is the end of the paragraph that is hidden. */
function hide(reading: Reading, attributes: Attributes): undefined {
  const flow = reading.flows.at(-1);
  if (flow?.isInProperties && flow.paragraph) flow.paragraph.isHidden = isOn(attributes);
  else if (flow) flow.isHidden = isOn(attributes);
}

function openText(reading: Reading, attributes: Attributes): undefined {
  const flow = reading.flows.at(-1);
  if (flow) flow.isSpaceKept = attributes('space') === 'preserve';
}

function openMark(reading: Reading, attributes: Attributes): undefined {
  const flow = reading.flows.at(-1);
  if (flow) append(reading, markField(flow.fields, attributes('fldCharType')));
}

/** What was deleted or moved away, as a tracked change: text, a row, or the end of a paragraph. */
function leaveOut(reading: Reading, _: Attributes, parent: string): 'skip' {
  const [flow, table] = [reading.flows.at(-1), reading.tables.at(-1)];
  if (parent === 'w:trPr' && table) table.isRowDeleted = true;
  else if (flow?.isInProperties && flow.paragraph) flow.paragraph.goesOn = true;
  reading.counts.trackedChanges += 1;
  return 'skip';
}

function refer(reading: Reading, attributes: Attributes, part: 'footnotes' | 'endnotes'): undefined {
  const isTyped = attributes('customMarkFollows') !== undefined;
  if (!isTyped) reading.marks[part] += 1;
  const number = numberIn(part === 'footnotes' ? 'decimal' : 'lowerRoman', reading.marks[part]);
  const mark = isTyped ? '' : `[${number}]`;
  reading.references.push({ part, id: attributes('id') ?? '', mark });
  append(reading, mark);
}
