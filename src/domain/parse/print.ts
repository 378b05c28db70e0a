import type { Block } from '../outline.ts';
import { wordingOf } from './captions.ts';
import { isHeadingShape, readLabel } from './labels.ts';
import { endsSentence } from './lines.ts';
import { isReference } from './references.ts';
import { tableLine } from './table-lines.ts';
import { unitsOf } from './units.ts';

/**
 * The outline as source text, a paragraph a line, that parses back to the same tree: kinds, levels, labels, headings,
 * text, cells and parents; line numbers are new.
 */
export function printOutline(blocks: readonly Block[]): string {
  const lines: string[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.rows && blocks[index - 1]?.rows) lines.push('');
    for (const line of linesOfBlock(block, lines.at(-1) ?? '')) lines.push(line);
  }
  return lines.join('\n');
}

function linesOfBlock(block: Block, before: string): string[] {
  if (block.rows) return block.rows.map(tableLine);
  if (block.kind === 'annex') return [...annexLines(block), ...textLines(block.text)];
  if (block.kind === 'clause' && block.label !== '') return clauseLines(block, before);
  return [block.label + block.heading, ...textLines(block.text)].filter((line) => line !== '');
}

function textLines(text: string): string[] {
  return text === '' ? [] : text.split('\n');
}

/** The title stands on its own line, unless it would be taken for text there. */
function annexLines({ label, heading }: Block): string[] {
  if (heading === '') return [label];
  return endsSentence(heading) || /[，、,]$/.test(heading) ? [`${label}　${heading}`] : [label, heading];
}

/** What stands behind the label on its line, the part of it that is text, and the lines below. */
type Way = readonly [words: string, text: string, ...more: string[]];

/** The first way of writing the clause that is read back as it is. */
function clauseLines(block: Block, before: string): string[] {
  const [first = '', ...more] = textLines(block.text);
  const apart: Way = [block.heading, '', first, ...more];
  const together = headed(block, first).map((words): Way => [words, first, ...more]);
  const ways = standsApart(block.heading, first, more) ? [apart, ...together] : [...together, apart];
  for (const [words, text, ...rest] of ways)
    for (const space of spacesFor(block)) {
      const line = `${block.label}${words === '' ? '' : space}${words}`;
      if (isReadBack(block, line, text, before)) return [line, ...rest.filter((one) => one !== '')];
    }
  return [`${block.label}　${block.heading}`, first, ...more].filter((one) => one !== '');
}

/** True for text that means something else behind its heading: it begins like a label, or opens a quotation of several lines. */
function standsApart(heading: string, first: string, more: readonly string[]): boolean {
  if (heading !== '' && readLabel(first)) return true;
  return /^[“「『]/.test(first) && more.some((line) => readLabel(line) !== null);
}

/** Heading and first line of text on one line, in each way that a heading can be set off. */
function headed({ level, heading }: Block, text: string): string[] {
  if (heading === '') return [text];
  if (text === '') return [heading];
  if (level !== 'article') return [`${heading}。${text}`];
  return [`（${heading}）${text}`, `【${heading}】${text}`, `〖${heading}〗${text}`, `[${heading}]${text}`];
}

/** Articles and headings are set off from their label; list labels stand at their words where they are labels there. */
function spacesFor({ label }: Block): readonly string[] {
  const shape = readLabel(label)?.shape ?? 'article';
  return shape === 'article' || isHeadingShape(shape) ? ['　', ''] : ['', '　'];
}

function isReadBack({ level, label, heading }: Block, line: string, text: string, before: string): boolean {
  const read = readLabel(line);
  if (!read || read.words !== label || level === null || isReference(read, before)) return false;
  if (unitsOf([{ number: 1, text: line }], 'auto').length > 1) return false;
  const wording = wordingOf(read, level);
  return wording.heading === heading && wording.text === text;
}
