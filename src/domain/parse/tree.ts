import type { Level, OutlineWarning } from '../outline.ts';
import { blockOf, type Draftling, extend, paragraphBlock, warningAt } from './blocks.ts';
import { wordingOf } from './captions.ts';
import { frontOf, headOf } from './front.ts';
import { judgeLabels } from './judge.ts';
import type { Label } from './labels.ts';
import { endsSentence } from './lines.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Verdict } from './sequence.ts';
import type { ParseSettings } from './settings.ts';
import { tailOf } from './tail.ts';
import type { Unit } from './units.ts';

/** The blocks of one document and what is doubtful in them. */
export interface Tree {
  readonly blocks: Draftling[];
  readonly warnings: OutlineWarning[];
  /** The last clause among the blocks. */
  clause: Draftling | null;
}

/** Makes blocks of one document's units: what stands before the first clause, the clauses, what follows the last. */
export function treeOf(units: readonly Unit[], family: ParseSettings['family']): Tree {
  if (!units.some((unit) => unit.label)) return unlabelled(units);
  const verdicts = judgeLabels(units, family);
  const first = verdicts.findIndex((verdict) => verdict.level !== null);
  if (first < 0) return unlabelled(units);
  const tree: Tree = {
    blocks: frontOf(units.slice(0, first).map(({ paragraph }) => paragraph)),
    warnings: [],
    clause: null,
  };
  warnOfFront(tree);
  let waiting: Paragraph[] = [];
  for (let index = first; index < units.length; index += 1) {
    const [unit, verdict] = [units[index], verdicts[index]];
    if (!unit || !verdict) continue;
    warn(tree, unit, verdict);
    if (verdict.level === null) waiting.push(unit.paragraph);
    else {
      addText(tree, waiting, verdict.continues);
      addClause(tree, unit, unit.label as Label, verdict);
      waiting = [];
    }
  }
  const tail = tailOf(waiting);
  addText(tree, tail.body, false);
  for (const block of tail.blocks) tree.blocks.push(block);
  return tree;
}

/** Without labels the paragraphs are the units. */
function unlabelled(units: readonly Unit[]): Tree {
  const all = units.map(({ paragraph }) => paragraph);
  const head = headOf(all);
  const count = head.reduce((sum, block) => sum + block.texts.length, 0);
  const tail = tailOf(all.slice(count));
  const blocks = [...head, ...tail.body.map(paragraphBlock), ...tail.blocks];
  return { blocks, warnings: [], clause: null };
}

function addClause(tree: Tree, unit: Unit, label: Label, verdict: Verdict): void {
  if (verdict.level === null) return;
  const { heading, text } = wordingOf(label, verdict.level);
  const { first, last } = blockOf('clause', unit.paragraph);
  const [level, texts] = [verdict.level, [text]];
  add(tree, { kind: 'clause', level, label: label.words, heading, texts, rows: null, first, last });
}

/**
 * Paragraphs without a label: the text of a label that stands alone, the next paragraph (款) of an article,
 * or more text of the clause before. `continued` says that the clause before goes on behind them.
 */
function addText(tree: Tree, paragraphs: readonly Paragraph[], continued: boolean): void {
  for (const paragraph of paragraphs) {
    const last = tree.blocks.at(-1);
    if (paragraph.rows) add(tree, paragraphBlock(paragraph));
    else if (last?.kind === 'clause' && (continued || takesText(last))) extend(last, paragraph);
    else add(tree, continued ? paragraphBlock(paragraph) : textBlock(tree, paragraph));
  }
}

function add(tree: Tree, block: Draftling): void {
  tree.blocks.push(block);
  if (block.kind === 'clause') tree.clause = block;
}

function takesText(block: Draftling): boolean {
  const isArticle = block.level === 'article' || block.level === 'paragraph';
  const text = block.texts.at(-1) ?? '';
  if (block.level?.startsWith('h')) return true;
  if (isHeadingLevel(block)) return false;
  return (isArticle && text === '') || !endsSentence(text);
}

function textBlock({ clause }: Tree, paragraph: Paragraph): Draftling {
  if (!clause || isHeadingLevel(clause) || clause.level?.startsWith('h')) return paragraphBlock(paragraph);
  return { ...blockOf('clause', paragraph), level: 'paragraph' };
}

const headingLevels: ReadonlySet<Level | null> = new Set([
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
]);

function isHeadingLevel(block: Draftling): boolean {
  return headingLevels.has(block.level);
}

function warn(tree: Tree, { paragraph }: Unit, { doubt }: Verdict): void {
  if (doubt) tree.warnings.push(warningAt(doubt, paragraph.number, paragraph.text));
}

/** A preamble says what is laid down and why; other text before the first clause may have lost its label. */
function warnOfFront(tree: Tree): void {
  const preamble = tree.blocks.find((block) => block.kind === 'preamble');
  const text = preamble?.texts.join('') ?? '';
  if (
    !preamble ||
    /[制订訂][定訂]|根据|根據|依[据照據]|为了|為|如下|决定|決定|意见|意見|通知|现将/.test(text.slice(0, 2000))
  )
    return;
  tree.warnings.push(warningAt('textBeforeFirstHeading', preamble.first, text));
}
