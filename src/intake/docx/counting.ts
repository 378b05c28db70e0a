import { numberIn } from './number-formats.ts';
import type { Level, List, Numbering, Use } from './numbering.ts';
import { chainOf, type ListPlace, type Styles } from './styles.ts';

/** What Word prints in front of a paragraph: its number, or a sign that is the same for all. */
export interface ListLabel {
  readonly text: string;
  readonly isNumber: boolean;
  /** False when the text follows without a gap. */
  readonly spaced: boolean;
}

/** Numbers the paragraphs of a document as they come; each call counts one. Null for a paragraph outside of lists. */
export type Counting = (style: string, place: ListPlace) => ListLabel | null;

/** Begins to count. Uses of one list go on from each other, unless they say where they begin anew. */
export function startCounting(numbering: Numbering, styles: Styles): Counting {
  const counters = new Map<List, (number | null)[]>();
  const begun = new Set<string>();
  const placeOf = createPlaces(numbering, styles);

  return (style, place) => {
    const found = placeOf(style, place);
    if (!found) return null;
    const { id, use, list, level } = found;
    const counts = counters.get(list) ?? new Array<number | null>(levels).fill(null);
    counters.set(list, counts);
    const levelAt = (index: number) => use.levels.get(index) ?? list.levels.get(index);
    const startOf = (index: number) => use.starts.get(index) ?? levelAt(index)?.start ?? 0;
    const isAnew = use.starts.has(level) && !begun.has(`${id} ${level}`);
    begun.add(`${id} ${level}`);
    const last = isAnew ? null : (counts[level] ?? null);
    counts[level] = last === null ? startOf(level) : last + 1;
    // A level that was passed over counts as used: the next paragraph on it has the second number.
    for (let outer = 0; outer < level; outer += 1) counts[outer] ??= startOf(outer);
    for (let inner = level + 1; inner < levels; inner += 1)
      if (level < (levelAt(inner)?.restart ?? inner)) counts[inner] = null;
    return labelOf(levelAt, level, (index) => counts[index] ?? 0);
  };
}

const levels = 9;

interface Found {
  readonly id: string;
  readonly use: Use;
  readonly list: List;
  readonly level: number;
}

/** Where a paragraph stands, by what it names itself, else by its style. */
function createPlaces(numbering: Numbering, styles: Styles): (style: string, own: ListPlace) => Found | null {
  const chains = new Map<string, ReturnType<typeof chainOf>>();
  return (style, own) => {
    const chain = chains.get(style) ?? chainOf(styles, style);
    chains.set(style, chain);
    const id = own.use ?? chain.find((each) => each.style.use !== null)?.style.use ?? '';
    const use = numbering.uses.get(id);
    const list = use && listOf(numbering, styles, use);
    if (!use || !list) return null;
    const linked = chain.map((each) => levelLinkedTo(each.id, use, list)).find((each) => each !== null);
    const inherited = own.use === null ? chain.find((each) => each.style.level !== null)?.style.level : null;
    return { id, use, list, level: own.level ?? linked ?? inherited ?? 0 };
  };
}

/** The list that a use means; one that only names a style stands for the list of that style. */
function listOf(numbering: Numbering, styles: Styles, use: Use): List | null {
  const list = numbering.lists.get(use.list) ?? null;
  if (!list?.styleLink || list.levels.size > 0) return list;
  const linked = numbering.uses.get(styles.byId.get(list.styleLink)?.use ?? '');
  return numbering.lists.get(linked?.list ?? '') ?? list;
}

function levelLinkedTo(style: string, use: Use, list: List): number | null {
  for (const levels of [use.levels, list.levels])
    for (const [index, level] of levels) if (level.style === style) return index;
  return null;
}

function labelOf(
  levelAt: (index: number) => Level | undefined,
  index: number,
  numberAt: (index: number) => number,
): ListLabel | null {
  const level = levelAt(index);
  if (!level || level.hidden) return null;
  const spaced = level.gap !== 'nothing';
  if (level.format === 'bullet') return bullet(level.pattern);
  const text = level.pattern.replace(/%([1-9])/g, (_, digit: string) => {
    const other = Number(digit) - 1;
    if (other > index) return '';
    const format = levelAt(other)?.format ?? 'decimal';
    return numberIn(level.legal && format !== 'none' ? 'decimal' : format, numberAt(other));
  });
  return text.trim() === '' ? null : { text: text.trim(), isNumber: true, spaced };
}

/** Bullets come in fonts of their own; what is a dash stays one, all others are a dot. */
function bullet(pattern: string): ListLabel | null {
  if (pattern.trim() === '') return null;
  const isDash = /^[-–—―─－]/.test(pattern.trim());
  return { text: isDash ? '——' : '·', isNumber: false, spaced: !isDash };
}
