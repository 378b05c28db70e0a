import { blockOfAll, type Draftling, paragraphBlock } from './blocks.ts';
import { isDateLine, isTitleLine } from './front.ts';
import type { Paragraph } from './paragraphs.ts';

const agency =
  /(?:政府|委员会|委員會|办公[室厅]|辦公[室廳]|[局厅廳部院办辦委署处處会會]|中心|银行|管委会|法院|检察院|街道|集团|公司)$/;

/** The end of a document, cut from its last clause: the rest of the clause, and the blocks behind it. */
export interface Tail {
  readonly body: readonly Paragraph[];
  readonly blocks: readonly Draftling[];
}

/** Cuts signature and date off the paragraphs behind the last label. */
export function tailOf(paragraphs: readonly Paragraph[]): Tail {
  const date = paragraphs.findLastIndex(({ text }) => isDateLine(text));
  const end = date < 0 ? paragraphs.length : date;
  let start = end;
  while (start > 0 && isSignature(paragraphs[start - 1]?.text ?? '', date >= 0)) start -= 1;
  return { body: paragraphs.slice(0, start), blocks: blocksOf(paragraphs.slice(start), end - start) };
}

function isSignature(text: string, dated: boolean): boolean {
  return text.length <= 40 && isTitleLine(text) && (agency.test(text) || (dated && text.length <= 12));
}

function blocksOf(paragraphs: readonly Paragraph[], date: number): Draftling[] {
  const blocks: Draftling[] = [];
  blocks.push(...blockOfAll('signature', paragraphs.slice(0, date)));
  blocks.push(...blockOfAll('date', paragraphs.slice(date, date + 1)));
  for (const paragraph of paragraphs.slice(date + 1)) blocks.push(paragraphBlock(paragraph));
  return blocks;
}
