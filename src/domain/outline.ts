/**
 * Levels of a clause: the family of laws and rules (编 分编 章 节 款 目 as headings, 条 款 项 目 as text, two more below),
 * then the family of official documents (一、 （一） 1. （1） ①).
 */
export const levels = [
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
  'article',
  'paragraph',
  'subparagraph',
  'item',
  'subitem',
  'point',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
] as const;
export type Level = (typeof levels)[number];

/** What a block of a draft is. Only a `clause` has a level. */
export const blockKinds = [
  'title',
  'subtitle',
  'documentNumber',
  'contents',
  'preamble',
  'clause',
  'paragraph',
  'table',
  'annex',
  'signature',
  'date',
  'furniture',
] as const;
export type BlockKind = (typeof blockKinds)[number];

/** A stretch of source lines, both ends included, counted from 1. */
export type LineRange = readonly [first: number, last: number];

/**
 * One block of a draft, in document order. Nothing of the source is lost: every line with a visible
 * character stands in exactly one block (or in `Paste.announcement` / `Paste.feedback`).
 */
export interface Block {
  readonly kind: BlockKind;
  /** Set exactly when `kind` is `clause`. */
  readonly level: Level | null;
  /** Index of the enclosing block in the same list, always smaller than its own; null at the top. */
  readonly parent: number | null;
  /** The label as typed, without surrounding space: `第三条`, `（一）`, `1.`, `附件`; empty when there is none. */
  readonly label: string;
  /** A heading or caption behind the label (`总则`, `指导思想`), without its closing 。; empty when there is none. */
  readonly heading: string;
  /** The block's own text behind label and heading; paragraphs of one block are separated by \n. */
  readonly text: string;
  /** Cells of a table, head row first; null where the source had no cells. */
  readonly rows: readonly (readonly string[])[] | null;
  readonly lines: LineRange;
}

/** Something an officer should look at before publishing. `line` counts from 1. */
export interface OutlineWarning {
  readonly key:
    | 'gapInNumbers'
    | 'lostChapter'
    | 'doubtfulLabel'
    | 'textBeforeFirstHeading'
    | 'flattenedTable'
    | 'furnitureRemoved'
    | 'noClause';
  readonly line: number;
  /** The words concerned, cut to 40 characters. */
  readonly words: string;
}

/** A draft as a tree, written flat: `blocks[i].parent < i`. */
export interface Outline {
  readonly blocks: readonly Block[];
  readonly warnings: readonly OutlineWarning[];
}
