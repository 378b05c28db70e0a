import type { UsedImport } from './import.ts';
import type { Block } from './outline.ts';
import { nested, type WorkBlock } from './outline-edit.ts';

/** The blocks of a working draft and the imports they came from, in order. */
export interface Content {
  readonly blocks: readonly WorkBlock[];
  readonly used: readonly UsedImport[];
}

/**
 * The draft with an import's blocks: in the place of the import they replace (it may be the same one), else at the end.
 * Blocks of other imports stay, with their edits; parents are found anew.
 */
export function withImport(
  { blocks, used }: Content,
  one: UsedImport,
  fresh: readonly Block[],
  replaced: number,
): Content {
  const place = used.findIndex(({ importId }) => importId === replaced);
  const stay = blocks.filter(({ importId }) => importId !== replaced);
  const added = fresh.map((block) => ({ ...block, importId: one.importId }));
  const start = place < 0 ? stay.length : startOf(blocks, replaced);
  return {
    blocks: nested([...stay.slice(0, start), ...added, ...stay.slice(start)]),
    used: place < 0 ? [...used, one] : used.map((each, index) => (index === place ? one : each)),
  };
}

/** The draft without an import's blocks; those of other imports stay, with their edits; parents are found anew. */
export function withoutImport({ blocks, used }: Content, importId: number): Content {
  return {
    blocks: nested(blocks.filter((block) => block.importId !== importId)),
    used: used.filter((each) => each.importId !== importId),
  };
}

/** How many blocks that stay stand in front of the first block of an import. */
function startOf(blocks: readonly WorkBlock[], importId: number): number {
  const first = blocks.findIndex((block) => block.importId === importId);
  return first < 0 ? blocks.length : first;
}
