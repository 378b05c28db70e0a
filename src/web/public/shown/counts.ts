import type { BlockView } from '../shapes.ts';
import type { ShownCount } from './contexts.ts';
import type { Standing } from './standing.ts';

/** Where the comments on the clause of a page stand on it. */
export const commentsAnchor = '#comments';

/** The blocks of a draft, each with how many shown comments it has and where they are read; none is not said. */
export function withCounts(
  blocks: readonly BlockView[],
  standing: Standing | null,
  clausesTo: string,
): readonly BlockView[] {
  if (!standing) return blocks;
  return blocks.map((block) => {
    const count = standing.countAt(block.id);
    const to = `${clausesTo}${encodeURIComponent(block.id)}${commentsAnchor}`;
    return count > 0 ? { ...block, shown: { count, to } } : block;
  });
}

/** How many comments are shown of a consultation at `to`, and where; null where it shows none. */
export function shownOf(standing: Standing | null, to: string): ShownCount | null {
  return standing && { count: standing.total, to: `${to}/comments` };
}
