import { blockClosers, blockOpeners } from './blocks.ts';
import { tableClosers, tableOpeners } from './cells.ts';
import { instruct } from './fields.ts';
import { append, type Reading } from './flow.ts';
import { runClosers, runOpeners } from './runs.ts';
import type { Attributes, Listener } from './xml.ts';

/** What to do where an element begins; 'skip' leaves out all of it. */
export type Opener = (reading: Reading, attributes: Attributes, parent: string) => 'skip' | undefined;

/** What to do where an element ends. */
export type Closer = (reading: Reading) => void;

/** Reads the text of a document, or of its footnotes, into the reading. */
export function contentListener(reading: Reading): Listener {
  return {
    open: (name, attributes, parent) => openers.get(name)?.(reading, attributes, parent),
    close: (name) => closers.get(name)?.(reading),
    text: (text, name) => {
      const flow = reading.flows.at(-1);
      if (name === 'w:t') append(reading, seen(text, flow?.isSpaceKept ?? false));
      else if (name === 'm:t') append(reading, seen(text, true));
      else if (name === 'w:instrText' && flow) instruct(flow.fields, text);
    },
  };
}

const openers: ReadonlyMap<string, Opener> = new Map([...blockOpeners, ...tableOpeners, ...runOpeners]);
const closers: ReadonlyMap<string, Closer> = new Map([...blockClosers, ...tableClosers, ...runClosers]);

/** Line ends in the file are spaces; soft hyphens are not seen; space at both ends counts only where the file says so. */
function seen(text: string, isSpaceKept: boolean): string {
  const line = /[\t\n\r\u00ad]/.test(text) ? text.replace(/[\t\n\r]/g, ' ').replaceAll('\u00ad', '') : text;
  if (isSpaceKept) return line;
  let [start, end] = [0, line.length];
  while (line.charAt(start) === ' ') start += 1;
  while (end > start && line.charAt(end - 1) === ' ') end -= 1;
  return line.slice(start, end);
}
