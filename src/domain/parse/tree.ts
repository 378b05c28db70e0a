import type { OutlineWarning } from '../outline.ts';
import { blockOf, type Draftling, warningAt } from './blocks.ts';
import { wordingOf } from './captions.ts';
import { frontOf } from './front.ts';
import { judgeLabels } from './judge.ts';
import type { Label } from './labels.ts';
import { endsSentence } from './lines.ts';
import type { Paragraph } from './paragraphs.ts';
import type { Verdict } from './sequence.ts';
import { tailOf } from './tail.ts';
import type { Unit } from './units.ts';

/** The blocks of one document and what is doubtful in them. */
export interface Tree {
  readonly blocks: Draftling[];
  readonly warnings: OutlineWarning[];
}

/** Makes blocks of one document's units: what stands before the first clause, the clauses, what follows the last. */
export function treeOf(units: readonly Unit[]): Tree {
  const verdicts = judgeLabels(units);
  const first = verdicts.findIndex((verdict) => verdict.level !== null);
  if (first < 0) return unlabelled(units);
  const tree: Tree = {
    blocks: frontOf(units.slice(0, first).map(({ paragraph }) => paragraph)),
    warnings: [],
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
  tree.blocks.push(...tail.blocks);
  return tree;
}

/** Without labels the paragraphs are the units. */
function unlabelled(units: readonly Unit[]): Tree {
  const front = frontOf(units.map(({ paragraph }) => paragraph));
  const title = front.findIndex((block) => block.kind === 'preamble');
  const count = front
    .slice(0, title < 0 ? front.length : title)
    .reduce((sum, block) => sum + block.texts.length, 0);
  const tail = tailOf(units.slice(count).map(({ paragraph }) => paragraph));
  const paragraphs = tail.body.map((paragraph) => blockOf('paragraph', [paragraph]));
  const head = title < 0 ? front : front.slice(0, title);
  return { blocks: [...head, ...paragraphs, ...tail.blocks], warnings: [] };
}

function addClause(tree: Tree, unit: Unit, label: Label, verdict: Verdict): void {
  if (verdict.level === null) return;
  const { heading, text } = wordingOf(label, verdict.level);
  tree.blocks.push({
    kind: 'clause',
    level: verdict.level,
    label: label.words,
    heading,
    texts: [text],
    lines: [...unit.paragraph.lines],
  });
}

/**
 * Paragraphs without a label: the text of a label that stands alone, the next paragraph (款) of an article,
 * or more text of the clause before. `continued` says that the clause before goes on behind them.
 */
function addText(tree: Tree, paragraphs: readonly Paragraph[], continued: boolean): void {
  for (const paragraph of paragraphs) {
    const last = tree.blocks.at(-1);
    if (last?.kind === 'clause' && (continued || takesText(last))) extend(last, paragraph);
    else tree.blocks.push(paragraphBlock(tree, paragraph));
  }
}

function takesText(block: Draftling): boolean {
  const isArticle = block.level === 'article' || block.level === 'paragraph';
  const text = block.texts.at(-1) ?? '';
  if (block.level?.startsWith('h')) return true;
  if (isHeadingLevel(block)) return false;
  return (isArticle && text === '') || !endsSentence(text);
}

function paragraphBlock(tree: Tree, paragraph: Paragraph): Draftling {
  const inArticle = tree.blocks.findLast((block) => block.kind === 'clause');
  if (!inArticle || isHeadingLevel(inArticle) || inArticle.level?.startsWith('h'))
    return blockOf('paragraph', [paragraph]);
  return { ...blockOf('clause', [paragraph]), level: 'paragraph' };
}

function isHeadingLevel(block: Draftling): boolean {
  return ['part', 'subpart', 'chapter', 'section', 'subsection', 'division'].includes(block.level ?? '');
}

function extend(block: Draftling, paragraph: Paragraph): void {
  block.texts.push(paragraph.text);
  block.lines.push(...paragraph.lines);
}

function warn(tree: Tree, { paragraph }: Unit, { doubt }: Verdict): void {
  if (doubt) tree.warnings.push(warningAt(doubt, paragraph.lines[0]?.number ?? 1, paragraph.text));
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
  tree.warnings.push(warningAt('textBeforeFirstHeading', preamble.lines[0]?.number ?? 1, text));
}
