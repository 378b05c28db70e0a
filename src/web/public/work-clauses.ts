import type { DraftWork } from '../../db/draft-work.ts';
import type { Clause } from '../../db/drafts.ts';
import { citationOf } from '../../domain/citation.ts';
import { addressesOf } from '../../domain/parse/address.ts';

/** The clauses of a working draft as they will be once it is published. */
export function workClauses(work: DraftWork | undefined): Clause[] {
  const blocks = work?.blocks ?? [];
  const addresses = addressesOf(blocks);
  return blocks.map((block, index) => ({
    ...block,
    id: index,
    address: addresses[index] ?? '',
    citation: citationOf(blocks, index),
  }));
}
