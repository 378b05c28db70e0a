import type { Draft } from '../../../db/drafts.ts';
import { type Quotable, quotable } from '../../../domain/quotation.ts';
import { blockViews } from '../blocks.ts';
import { subtree } from '../clause.ts';
import type { BlockView, Passage } from '../shapes.ts';

// A published draft never changes.
const known = new WeakMap<Draft, Map<string, Quotable>>();

/** The words of a clause, or of the whole draft (empty address), as their page shows them, to be quoted from. */
export function shownWords(draft: Draft, address: string): Quotable {
  const ofDraft = known.get(draft) ?? new Map<string, Quotable>();
  known.set(draft, ofDraft);
  const words = ofDraft.get(address) ?? readWords(draft, address);
  ofDraft.set(address, words);
  return words;
}

function readWords({ clauses }: Draft, address: string): Quotable {
  const about = clauses.find((clause) => clause.address === address);
  return quotable(textOf(blockViews(about ? subtree(clauses, about) : clauses, '')));
}

function textOf(blocks: readonly BlockView[]): string {
  return blocks
    .flatMap((block) => [
      block.label + block.heading + block.opening,
      ...block.passages.map(passageText),
      textOf(block.children),
    ])
    .join('\n');
}

function passageText({ text, table }: Passage): string {
  return table ? [table.head, ...table.rows].map((row) => row.join('\t')).join('\n') : text;
}
