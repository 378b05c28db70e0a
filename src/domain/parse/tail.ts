import { blockOf, type Draftling } from './blocks.ts';
import { isDateLine, isTitleLine } from './front.ts';
import type { Paragraph } from './paragraphs.ts';

const agency =
  /(?:政府|委员会|委員會|办公[室厅]|辦公[室廳]|[局厅廳部院办辦委署处處会會]|中心|银行|管委会|法院|检察院|街道|集团|公司)$/;
const annexList = /^附\s{0,4}(?:件|录|表)?\s{0,3}[\d一二三四五六七八九十]{0,2}\s{0,2}[：:]/;
const annexEntry = /^\d{1,2}[.．、]\s?\S/;

/** The end of a document, cut from its last clause: the rest of the clause, and the blocks behind it. */
export interface Tail {
  readonly body: readonly Paragraph[];
  readonly blocks: readonly Draftling[];
}

/** Cuts the list of annexes, signature and date off the paragraphs behind the last label. */
export function tailOf(paragraphs: readonly Paragraph[]): Tail {
  const date = paragraphs.findLastIndex(({ text }) => isDateLine(text));
  const end = date < 0 ? paragraphs.length : date;
  let start = end;
  while (start > 0 && isSignature(paragraphs[start - 1]?.text ?? '', date >= 0)) start -= 1;
  const list = listStart(paragraphs, start);
  return {
    body: paragraphs.slice(0, list),
    blocks: blocksOf(paragraphs.slice(list), start - list, end - list),
  };
}

function isSignature(text: string, dated: boolean): boolean {
  return (
    text.length <= 40 &&
    isTitleLine(text) &&
    (agency.test(text) || (dated && text.length <= 12)) &&
    !annexList.test(text)
  );
}

function listStart(paragraphs: readonly Paragraph[], start: number): number {
  const list = paragraphs.findIndex(({ text }) => text.length < 80 && annexList.test(text));
  if (list < 0 || list >= start) return start;
  const entries = paragraphs.slice(list + 1, start);
  return entries.every(({ text }) => annexEntry.test(text)) ? list : start;
}

function blocksOf(paragraphs: readonly Paragraph[], signature: number, date: number): Draftling[] {
  const blocks: Draftling[] = [];
  if (signature > 0) blocks.push(blockOf('paragraph', paragraphs.slice(0, signature)));
  if (date > signature) blocks.push(blockOf('signature', paragraphs.slice(signature, date)));
  if (date < paragraphs.length) blocks.push(blockOf('date', paragraphs.slice(date, date + 1)));
  for (const paragraph of paragraphs.slice(date + 1)) blocks.push(blockOf('paragraph', [paragraph]));
  return blocks;
}
