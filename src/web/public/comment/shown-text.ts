import type { BlockView, Passage } from '../shapes.ts';

/** The words of blocks in the order in which their page shows them, tables cell by cell. */
export function shownText(blocks: readonly BlockView[]): string {
  return blocks
    .flatMap((block) => [
      block.label + block.heading + block.opening,
      ...block.passages.map(textOf),
      shownText(block.children),
    ])
    .filter(Boolean)
    .join('\n');
}

function textOf({ text, table }: Passage): string {
  return table ? [table.head, ...table.rows].map((row) => row.join('\t')).join('\n') : text;
}
