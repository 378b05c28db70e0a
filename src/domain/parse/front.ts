import { blockOf, type Draftling, extend, paragraphBlock } from './blocks.ts';
import { endsSentence } from './lines.ts';
import type { Paragraph } from './paragraphs.ts';
import { endsWithOneOf } from './starters.ts';

const documentNumber = /^[^\s，。：]{1,14}[〔﹝[（(【]\s?\d{4}\s?[〕﹞\]）)】]\s?第?\s?\d{1,5}\s?[号號]$/;
const wholeDate =
  /^[（(]?\s?(?:[0-9０-９二〇○零OＯ一三四五六七八九]{4}|中[华華]民[国國]\d{1,3})\s?年\s?[\d０-９一二三四五六七八九十]{1,3}\s?月(?:\s?[\d０-９一二三四五六七八九十]{1,3}\s?日)?\s?[）)]?$/;
const adoption =
  /(?:\d{4}年|第.{1,6}次会议|第\d+号).*(?:通过|公布|发布|批准|修正|修订|施行|实施|颁布|制定)|^(?:根据|依据)\d{4}年.*修[正订]/;
const bracketed = /^[（(〔【].{1,200}[）)〕】]$/;

const endsDate = endsWithOneOf('月日）)');
const endsNumber = endsWithOneOf('号號');

/** A title line is no longer than this. */
const longestTitle = 80;

/** True for a line that is nothing but a date. */
export function isDateLine(text: string): boolean {
  return text.length < 30 && endsDate(text) && wholeDate.test(text);
}

/** True for a line that is nothing but a document number: 区政发〔2021〕5号. */
export function isDocumentNumber(text: string): boolean {
  return text.length < 40 && endsNumber(text) && documentNumber.test(text);
}

/** True for a short line that does not end like a sentence. */
export function isTitleLine(text: string): boolean {
  return text !== '' && text.length <= longestTitle && !endsSentence(text) && !/[，、,]$/.test(text);
}

/** What stands before the first clause: document number, title, subtitle, date, preamble. */
export function frontOf(paragraphs: readonly Paragraph[]): Draftling[] {
  return frontUpTo(paragraphs, null);
}

/** The front of a text without clauses: what stands before the first paragraph that reads like text. */
export function headOf(paragraphs: readonly Paragraph[]): Draftling[] {
  return frontUpTo(paragraphs, 'preamble');
}

function frontUpTo(paragraphs: readonly Paragraph[], end: Draftling['kind'] | null): Draftling[] {
  const blocks: Draftling[] = [];
  let titled = false;
  for (const [index, paragraph] of paragraphs.entries()) {
    const kind = kindOf(paragraphs, index, blocks, titled);
    if (kind === end) break;
    titled ||= kind === 'title';
    const last = blocks.at(-1);
    if (kind === 'table') blocks.push(paragraphBlock(paragraph));
    else if (last?.kind === kind && joining.has(kind)) extend(last, paragraph);
    else blocks.push(blockOf(kind, paragraph));
  }
  return blocks;
}

/** Kinds of which neighbouring lines are one block. */
const joining: ReadonlySet<Draftling['kind']> = new Set(['title', 'preamble', 'signature']);

function kindOf(
  paragraphs: readonly Paragraph[],
  index: number,
  blocks: readonly Draftling[],
  titled: boolean,
): Draftling['kind'] {
  const { text = '', rows } = paragraphs[index] ?? {};
  if (rows) return 'table';
  const before = blocks.at(-1)?.kind;
  if (isDocumentNumber(text)) return 'documentNumber';
  if (isDateLine(text)) return 'date';
  if (titled && before !== 'preamble' && isNote(text)) return 'subtitle';
  if (!isTitleLine(text)) return 'preamble';
  if (isLetterhead(text, paragraphs[index + 1])) return 'subtitle';
  if (before === 'preamble' || before === 'signature')
    return isSigned(paragraphs, index) ? 'signature' : 'preamble';
  if (before === 'date') return blocks.at(-2)?.kind === 'signature' ? 'title' : 'preamble';
  return !titled || before === 'title' || before === 'documentNumber' ? 'title' : 'preamble';
}

/** (审议稿), or a note of when it was adopted. */
function isNote(text: string): boolean {
  if (bracketed.test(text.slice(0, 220))) return true;
  return adoption.test(text.slice(0, 400)) && !/(?:根据|为).{0,200}[：。]$/.test(text.slice(0, 300));
}

/** 某某县人民政府文件 above the document number. */
function isLetterhead(text: string, next: Paragraph | undefined): boolean {
  return text.length <= 40 && next !== undefined && isDocumentNumber(next.text);
}

/** True when only short lines stand between this one and a date. */
function isSigned(paragraphs: readonly Paragraph[], index: number): boolean {
  const next = paragraphs.slice(index + 1, index + 5).map(({ text }) => text);
  const date = next.findIndex((text) => isDateLine(text) && !/^[（(]/.test(text));
  return date >= 0 && next.slice(0, date).every((text) => text.length <= 40 && isTitleLine(text));
}
