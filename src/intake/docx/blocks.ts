import type { Closer, Opener } from './content.ts';
import { closeFlow, closeParagraph, openFlow, openParagraph, type Paragraph, type Reading } from './flow.ts';
import { setPlace } from './styles.ts';
import { type Attributes, isOn } from './xml.ts';

/** What stands between lines: paragraphs and their properties, text boxes, footnotes, content controls. */
export const blockOpeners: readonly [string, Opener][] = [
  ['w:p', beginParagraph],
  ['w:pPr', (reading) => setInProperties(reading, true)],
  ['w:pStyle', ofParagraph(setStyle)],
  ['w:numId', ofParagraph((paragraph, attributes) => setPlace(paragraph.place, 'w:numId', attributes))],
  ['w:ilvl', ofParagraph((paragraph, attributes) => setPlace(paragraph.place, 'w:ilvl', attributes))],
  // A large first letter is a paragraph of its own.
  ['w:framePr', ofParagraph(setDropCap)],
  ['w:txbxContent', beginTextBox],
  ['w:footnote', beginFootnote],
  ['w:endnote', beginFootnote],
  ['w:sdt', beginControl],
  ['w:showingPlcHdr', showPlaceholder],
  ['w:sdtContent', (reading) => (reading.placeholders.at(-1) ? 'skip' : undefined)],
  // Properties as they were before a tracked change, and those of a section.
  ...['pPrChange', 'rPrChange', 'sectPr', 'tblPrChange', 'tblPrExChange', 'trPrChange', 'tcPrChange'].map(
    (name): [string, Opener] => [`w:${name}`, () => 'skip'],
  ),
];

/** What to do where these end. */
export const blockClosers: readonly [string, Closer][] = [
  ['w:p', closeParagraph],
  ['w:pPr', (reading) => setInProperties(reading, false)],
  ['w:txbxContent', endTextBox],
  ['w:footnote', endFootnote],
  ['w:endnote', endFootnote],
  ['w:sdt', (reading) => void reading.placeholders.pop()],
];

function ofParagraph(set: (paragraph: Paragraph, attributes: Attributes) => void): Opener {
  return (reading, attributes) => {
    const paragraph = reading.flows.at(-1)?.paragraph;
    if (paragraph) set(paragraph, attributes);
    return undefined;
  };
}

function beginParagraph(reading: Reading): undefined {
  const flow = reading.flows.at(-1);
  if (flow) openParagraph(flow);
}

function setInProperties(reading: Reading, isIn: boolean): undefined {
  const flow = reading.flows.at(-1);
  if (flow) flow.isInProperties = isIn;
}

function setStyle(paragraph: Paragraph, attributes: Attributes): void {
  paragraph.style = attributes('val') ?? '';
}

function setDropCap(paragraph: Paragraph, attributes: Attributes): void {
  if (['drop', 'margin'].includes(attributes('dropCap') ?? '')) paragraph.goesOn = true;
}

function beginTextBox(reading: Reading): undefined {
  reading.flows.push(openFlow());
}

/** The text of a box stands behind the paragraph that it is tied to. */
function endTextBox(reading: Reading): void {
  const items = closeFlow(reading.flows.pop());
  reading.counts.textBoxes += 1;
  const flow = reading.flows.at(-1);
  for (const item of items) (flow?.paragraph ? flow.behind : flow?.items)?.push(item);
}

function beginFootnote(reading: Reading, attributes: Attributes): 'skip' | undefined {
  // Footnotes of a type are the lines that part them from the text.
  if (!['normal', undefined].includes(attributes('type'))) return 'skip';
  reading.noteId = attributes('id') ?? '';
  reading.flows.push(openFlow());
  return undefined;
}

function endFootnote(reading: Reading): void {
  reading.footnotes.set(reading.noteId, closeFlow(reading.flows.pop()));
}

/** A control around rows or cells holds them, and they stay, whatever is in them: null. */
function beginControl(reading: Reading, _: Attributes, parent: string): undefined {
  reading.placeholders.push(['w:tbl', 'w:tr'].includes(parent) ? null : false);
}

/** The control shows only what to fill in. */
function showPlaceholder({ placeholders }: Reading, attributes: Attributes): undefined {
  if (placeholders.at(-1) === false) placeholders[placeholders.length - 1] = isOn(attributes);
}
