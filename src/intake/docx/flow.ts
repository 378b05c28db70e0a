import { longestText } from '../../domain/import.ts';
import { FileRefused } from '../zip.ts';
import type { Counting } from './counting.ts';
import { type Field, isInstruction } from './fields.ts';
import type { NoteCounts } from './notes.ts';
import type { ListPlace } from './styles.ts';
import type { Item, Table } from './tables.ts';

/** A paragraph that is being read. */
export interface Paragraph {
  text: string;
  style: string;
  readonly place: ListPlace;
  /** True when the next paragraph goes on with this one: its end was deleted, or it is a large first letter. */
  goesOn: boolean;
  isHidden: boolean;
}

/** Text that runs on by itself: the body, a table cell, a text box, a footnote. */
export interface Flow {
  readonly items: Item[];
  /** What stands behind the open paragraph: its text boxes. */
  readonly behind: Item[];
  readonly fields: Field[];
  paragraph: Paragraph | null;
  carried: string;
  /** True while the properties of the paragraph are read, not its text. */
  isInProperties: boolean;
  /** True within a run that Word does not show. */
  isHidden: boolean;
  isSpaceKept: boolean;
}

/** A reference to a footnote or endnote, in the order of the text; mark '' where the author typed one. */
export interface Reference {
  readonly part: 'footnotes' | 'endnotes';
  readonly id: string;
  readonly mark: string;
}

/** What is known while a document is being read: the flows and tables that are open, the innermost last. */
export interface Reading {
  readonly flows: Flow[];
  readonly tables: Table[];
  /** For each control that is open: true when it shows only what to fill in; null when it must be kept. */
  readonly placeholders: (boolean | null)[];
  readonly counting: Counting;
  readonly counts: NoteCounts;
  readonly references: Reference[];
  /** How many references have a mark by now. */
  readonly marks: { footnotes: number; endnotes: number };
  /** Footnotes and endnotes that were read, by part and id. */
  readonly footnotes: Map<string, readonly Item[]>;
  noteId: string;
  size: number;
}

/** Begins to read a document. */
export function startReading(counting: Counting, counts: NoteCounts): Reading {
  return {
    flows: [openFlow()],
    tables: [],
    placeholders: [],
    counting,
    counts,
    references: [],
    marks: { footnotes: 0, endnotes: 0 },
    footnotes: new Map(),
    noteId: '',
    size: 0,
  };
}

/** A flow without text. */
export function openFlow(): Flow {
  return {
    items: [],
    behind: [],
    fields: [],
    paragraph: null,
    carried: '',
    isInProperties: false,
    isHidden: false,
    isSpaceKept: false,
  };
}

/** Ends a flow and gives what it holds. */
export function closeFlow(flow: Flow | undefined): readonly Item[] {
  if (!flow) return [];
  if (flow.carried !== '') flow.items.push(flow.carried);
  return [...flow.items, ...flow.behind];
}

/** Begins a paragraph. */
export function openParagraph(flow: Flow): void {
  flow.paragraph = { text: '', style: '', place: { use: null, level: null }, goesOn: false, isHidden: false };
}

/** Adds text that is to be seen to the open paragraph. */
export function append(reading: Reading, text: string): void {
  const flow = reading.flows.at(-1);
  if (!flow?.paragraph || flow.isHidden || isInstruction(flow.fields)) return;
  spend(reading, text.length);
  flow.paragraph.text += text;
}

/** Ends the open paragraph: with its number, as one piece of the flow. */
export function closeParagraph(reading: Reading): void {
  const flow = reading.flows.at(-1);
  if (!flow?.paragraph) return;
  const { goesOn, isHidden, ...paragraph } = flow.paragraph;
  const text = flow.carried + paragraph.text;
  flow.paragraph = null;
  flow.carried = goesOn ? text : '';
  // An instruction that was never ended must not swallow the rest.
  while (isInstruction(flow.fields)) flow.fields.pop();
  if (goesOn) return;
  if (!isHidden || text !== '') flow.items.push(labelled(reading, paragraph, text));
  for (const item of flow.behind.splice(0)) flow.items.push(item);
}

function labelled(
  reading: Reading,
  { style, place }: Pick<Paragraph, 'style' | 'place'>,
  text: string,
): string {
  const label = reading.counting(style, place);
  if (!label || (!label.isNumber && text.trim() === '')) return text;
  if (label.isNumber) reading.counts.automaticNumbers += 1;
  spend(reading, label.text.length + 1);
  const gap = label.spaced || /[\p{L}\p{N}]$/u.test(label.text) ? '　' : '';
  return `${label.text}${gap}${text.trimStart()}`.trimEnd();
}

/** Counts what a document holds, so that no file can fill the memory. Throws FileRefused `tooLarge`. */
export function spend(reading: Reading, amount: number): void {
  reading.size += amount;
  if (reading.size > longestText) throw new FileRefused('tooLarge');
}
