import { type Block, type Level, levels } from '../outline.ts';
import { readLabel } from './labels.ts';

const levelNames: Partial<Record<Level, string>> = {
  subpart: 'subpt',
  chapter: 'chp',
  section: 'sec',
  subsection: 'subsec',
  division: 'dvs',
  article: 'art',
  paragraph: 'para',
  subparagraph: 'subpara',
};
const kindNames: Partial<Record<Block['kind'], string>> = { documentNumber: 'docnumber', paragraph: 'para' };

/** Levels whose numbers run through a whole draft, so that their address needs no parent. */
const throughout: ReadonlySet<Level> = new Set(['part', 'article']);

/**
 * One address (eId) for each block, unique among them, in the manner of Akoma Ntoso: `art_12`, `art_12-1`,
 * `art_12__para_2`, `chp_2__sec_1`, `h1_2__h2_3`, `annex_1`. Only `a-z`, `0-9`, `_` and `-`.
 */
export function addressesOf(blocks: readonly Block[]): string[] {
  const counts = new Map<string, number>();
  const taken = new Map<string, number>();
  const addresses: string[] = [];
  for (const block of blocks) {
    const parent = block.parent === null ? '' : (addresses[block.parent] ?? '');
    const own = ownPart(block, parent, counts);
    addresses.push(unused(prefixOf(block, parent) + own, taken));
  }
  return addresses;
}

function prefixOf(block: Block, parent: string): string {
  const inAnnex = /^annex_\d+(?:-dup\d+)?/.exec(parent)?.[0];
  if (block.kind === 'clause' && block.level !== null && throughout.has(block.level))
    return inAnnex ? `${inAnnex}__` : '';
  return parent === '' || block.kind === 'annex' ? '' : `${parent}__`;
}

function ownPart(block: Block, parent: string, counts: Map<string, number>): string {
  const name = nameOf(block);
  const counted = `${parent}/${name}`;
  const count = (counts.get(counted) ?? 0) + 1;
  counts.set(counted, count);
  if (block.kind === 'clause')
    return `${name}_${numberIn(block.label) ?? (block.level === 'paragraph' ? count + 1 : count)}`;
  return block.kind === 'paragraph' || block.kind === 'annex' || count > 1 ? `${name}_${count}` : name;
}

function nameOf(block: Block): string {
  if (block.kind !== 'clause') return kindNames[block.kind] ?? block.kind;
  return levelNames[block.level ?? 'h5'] ?? levels.find((level) => level === block.level) ?? 'h5';
}

/** `12`, or `12-1` for 之一; null for a label without a number. */
function numberIn(label: string): string | null {
  const read = readLabel(label);
  if (!read || read.number === 0) return null;
  return read.branch > 0 ? `${read.number}-${read.branch}` : `${read.number}`;
}

/** The address itself, or with the first `-dup2`, `-dup3`… that is free; `taken` counts the copies of each. */
function unused(address: string, taken: Map<string, number>): string {
  let copies = taken.get(address) ?? 0;
  let free = address;
  while (taken.has(free)) {
    copies += 1;
    free = `${address}-dup${copies}`;
  }
  taken.set(address, Math.max(1, copies));
  taken.set(free, taken.get(free) ?? 1);
  return free;
}
