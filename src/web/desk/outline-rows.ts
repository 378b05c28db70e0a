import { fill } from '../../domain/fill.ts';
import { type Block, blockKinds, levels, type OutlineWarning } from '../../domain/outline.ts';
import { addressesOf } from '../../domain/parse/address.ts';
import type { Sentences } from '../../sentences.ts';
import { markOf } from './draft-form.ts';

/** One block of the working draft, as a row of the form. */
export interface OutlineRow {
  readonly index: number;
  /** Counted from 1, for people. */
  readonly number: number;
  /** How many blocks enclose it; 3 for all that are deeper. */
  readonly depth: number;
  readonly kind: string;
  readonly level: string;
  readonly label: string;
  readonly heading: string;
  readonly text: string;
  /** Its first words, as it is told apart from others. */
  readonly name: string;
  /** What it was taken for, where that is neither clause nor paragraph; empty otherwise. */
  readonly taken: string;
  /** `markOf` the block it was made for. */
  readonly was: string;
  readonly table: readonly (readonly string[])[] | null;
  readonly address: string;
  readonly warnings: readonly string[];
  readonly error: string;
  /** True where the officer has something to look at. */
  readonly open: boolean;
}

/** What the rows of a page are made from. */
export interface RowSource<B extends Block> {
  readonly blocks: readonly B[];
  readonly warningsFor: (block: B) => readonly OutlineWarning[];
  readonly errorFor: Readonly<Record<string, string>>;
  readonly sentences: Sentences;
}

/** The rows of a clause tree from `start` to before `end`, with the warnings and errors that concern each. */
export function outlineRows<B extends Block>(source: RowSource<B>, start: number, end: number): OutlineRow[] {
  const { blocks } = source;
  const addresses = addressesOf(blocks);
  const depths = depthsOf(blocks);
  return blocks.slice(start, end).map((block, each) => {
    const index = start + each;
    const address = block.kind === 'furniture' ? '' : (addresses[index] ?? '');
    return rowOf(source, block, index, { address, depth: Math.min(depths[index] ?? 0, deepestShown) });
  });
}

/** What a warning says, with the words it is about. */
export function warningText(warning: OutlineWarning, sentences: Sentences): string {
  const { line, words, key } = warning;
  return fill(sentences.desk.warningAt, { what: sentences.outlineWarnings[key], line, words });
}

/** How many clauses in all and of each level, and annexes: `条款26个（一、4个，（一）22个），附件1个`. */
export function countedIn(blocks: readonly Block[], sentences: Sentences): string {
  const count = (test: (block: Block) => boolean) => blocks.filter(test).length;
  const listed = (found: readonly { readonly name: string; readonly count: number }[]) =>
    found
      .filter((each) => each.count > 0)
      .map((each) => fill(sentences.desk.counted, each))
      .join('，');
  const inLevels = listed(
    levels.map((level) => ({
      name: sentences.levels[level],
      count: count((block) => block.level === level),
    })),
  );
  const clauses = count((block) => block.kind === 'clause');
  const others = (['annex', 'table', 'paragraph'] as const).map((kind) => ({
    name: sentences.blockKinds[kind],
    count: count((block) => block.kind === kind),
  }));
  const inAll = clauses > 0 ? [fill(sentences.desk.countedClauses, { count: clauses, list: inLevels })] : [];
  return [...inAll, listed(others)].filter((part) => part !== '').join('，');
}

/** The choices of the two selects of a row. */
export function rowChoices(sentences: Sentences) {
  return {
    kinds: blockKinds.map((value) => ({ value, label: sentences.blockKinds[value] })),
    levels: levels.map((value) => ({ value, label: sentences.levels[value] })),
  };
}

/** True when a warning is about a line of the block. */
export function concerns(warning: OutlineWarning, block: Pick<Block, 'lines'>): boolean {
  const [first, last] = block.lines;
  return first <= warning.line && warning.line <= last;
}

/** The first words of a block, as it is told apart from others. */
export function nameOf(block: Pick<Block, 'label' | 'heading' | 'text' | 'rows'>): string {
  const cells = block.rows?.slice(0, 1).flat() ?? [];
  const whole = [block.label, block.heading, block.text, ...cells].filter((part) => part !== '').join(' ');
  const words = [...whole.slice(0, 4 * longestName).replace(/\s+/gu, ' ')];
  return words.slice(0, longestName).join('') + (words.length > longestName ? '…' : '');
}

const longestName = 44;
const deepestShown = 3;

function rowOf<B extends Block>(
  { warningsFor, errorFor, sentences }: RowSource<B>,
  block: B,
  index: number,
  place: Pick<OutlineRow, 'address' | 'depth'>,
): OutlineRow {
  const warnings = warningsFor(block);
  const error = errorFor[`level-${index}`] ?? '';
  const isText = block.kind === 'clause' || block.kind === 'paragraph';
  const { kind, label, heading, text } = block;
  return {
    ...{ index, number: index + 1, kind, level: block.level ?? '', label, heading, text },
    ...place,
    name: nameOf(block),
    taken: isText ? '' : sentences.blockKinds[kind],
    was: markOf(block),
    table: block.rows,
    warnings: warnings.map((warning) => warningText(warning, sentences)),
    error,
    open: error !== '' || warnings.length > 0,
  };
}

function depthsOf(blocks: readonly Block[]): number[] {
  const depths: number[] = [];
  for (const block of blocks) depths.push(block.parent === null ? 0 : (depths[block.parent] ?? 0) + 1);
  return depths;
}
