import { chineseNumeral } from './numerals.ts';
import type { Block } from './outline.ts';

/**
 * How readers cite a block: `第七条`, `第七条第（一）项`, `第七条第二款`, `二、（三）`, `附件`; for a block without
 * any label its first words in quotation marks, and nothing for a title. Chapters are not part of it: articles run on.
 */
export function citationOf(blocks: readonly Block[], index: number): string {
  const block = blocks[index];
  if (!block) return '';
  if (block.kind === 'annex') return block.label || '附件';
  if (block.kind === 'preamble') return '引言';
  if (block.kind !== 'clause') return firstWords(block.text || block.heading);
  const own = ownCitation(blocks, index, block);
  const parent = block.parent === null ? undefined : blocks[block.parent];
  if (!parent || block.parent === null || standsAlone(block)) return own;
  return parent.kind === 'clause' && !isDivision(parent) ? citationOf(blocks, block.parent) + own : own;
}

const divisions: readonly (string | null)[] = [
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
];
const items: Readonly<Record<string, string>> = { subparagraph: '项', item: '目' };

function isDivision(block: Block): boolean {
  return divisions.includes(block.level);
}

function standsAlone(block: Block): boolean {
  return isDivision(block) || block.level === 'article' || block.level === 'h1';
}

function ownCitation(blocks: readonly Block[], index: number, block: Block): string {
  const label = block.label.replace(/\s+/gu, '');
  if (block.level === 'paragraph' && !label) return `第${chineseNumeral(paragraphNumber(blocks, index))}款`;
  const unit = items[block.level ?? ''];
  if (!unit) return label || firstWords(block.text);
  return `第${label.replace(/[.．、]$/u, '')}${unit}`;
}

// The text of the article itself is its first paragraph.
function paragraphNumber(blocks: readonly Block[], index: number): number {
  const { parent } = blocks[index] ?? {};
  const before = blocks
    .slice(0, index)
    .filter((block) => block.parent === parent && block.level === 'paragraph');
  return before.length + 2;
}

function firstWords(text: string): string {
  const words = [...text.replace(/\s+/gu, '')];
  return words.length > 10
    ? `“${words.slice(0, 10).join('')}……”`
    : words.length > 0
      ? `“${words.join('')}”`
      : '';
}
