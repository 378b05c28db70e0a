import { rankOf, type Step, stepsOf } from './clause-path.ts';
import type { BlockKind, Level } from './outline.ts';

/** A clause as it is looked for. All its words are folded, and so are those that are asked for. */
export interface FindableClause {
  readonly address: string;
  readonly kind: BlockKind;
  readonly level: Level | null;
  /** Index of the enclosing clause in the same list; null at the top. */
  readonly parent: number | null;
  readonly label: string;
  readonly citation: string;
  readonly heading: string;
  readonly text: string;
}

const wholeDraft = /^((整体|总体)(意见|建议)?|全文|全稿|整个草案)?$/;

/** True for words that name no clause but the whole draft: none, or 整体意见 and the like. */
export function namesWholeDraft(asked: string): boolean {
  return wholeDraft.test(squeeze(asked));
}

/**
 * What finds the clauses that somebody can have meant by an address (`art_3`), a number (`3`, `第三条`, `第3条第2项`,
 * `附件1`) or words, of a heading, else of the text. One is an answer; several are candidates, in the order of the draft.
 */
export function createClauseFinder<C extends FindableClause>(clauses: readonly C[]): (asked: string) => C[] {
  const paths = pathsOf(clauses);
  const entries = clauses
    .map((clause, index) => ({ clause, path: paths[index] ?? null, names: namesOf(clause) }))
    .filter(({ clause }) => named.has(clause.kind));
  return (asked) => {
    const name = squeeze(asked);
    if (name === '') return [];
    const steps = stepsOf(asked);
    const words = asked.trim().split(/\s+/);
    const byName = bestBy(
      ({ clause, names }) => asBest(clause.address === name || names.includes(name)),
      entries,
    );
    if (byName.length === 1) return byName;
    const byNumber = steps ? bestBy(({ path }) => rankOf(path, withinArticle(steps)), entries) : [];
    // A number that the draft lacks is not looked for in texts: there it belongs to another law.
    if (byNumber.length > 0 || steps) return byNumber.length > 0 ? byNumber : byName;
    const ways: ((entry: Entry<C>) => number | null)[] = [
      ({ names }) => asBest(names.includes(name)),
      ({ clause }) => asBest(hasWords(clause.heading, words)),
      ({ clause: { label, heading, text } }) => asBest(hasWords(`${label}${heading}\n${text}`, words)),
    ];
    for (const way of ways) {
      const found = bestBy(way, entries);
      if (found.length > 0) return found;
    }
    return [];
  };
}

function asBest(isFound: boolean): number | null {
  return isFound ? 0 : null;
}

interface Entry<C> {
  readonly clause: C;
  readonly path: Step[] | null;
  /** Without blanks. */
  readonly names: readonly string[];
}

const named = new Set<BlockKind>(['clause', 'annex', 'preamble', 'paragraph', 'table']);

function bestBy<C>(rankIn: (entry: Entry<C>) => number | null, entries: readonly Entry<C>[]): C[] {
  let best = Number.POSITIVE_INFINITY;
  let found: C[] = [];
  for (const entry of entries) {
    const rank = rankIn(entry);
    if (rank === null || rank > best) continue;
    if (rank < best) found = [];
    best = rank;
    found.push(entry.clause);
  }
  return found;
}

function namesOf({ label, citation, heading }: FindableClause): string[] {
  return [citation, heading, label + heading, citation + heading].map(squeeze);
}

function hasWords(text: string, words: readonly string[]): boolean {
  return words.every((word) => text.includes(word));
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, '');
}

/** Articles run on through all chapters: 第二章第三条 is 第三条. */
function withinArticle(steps: readonly Step[]): readonly Step[] {
  const article = steps.findIndex(({ unit }) => unit === '条');
  return steps.filter(({ unit }, index) => index >= article || unit === '附件');
}

/** The whole path to each clause: as it is cited, behind its annex, a division behind the one it stands in. */
function pathsOf(clauses: readonly FindableClause[]): (Step[] | null)[] {
  const paths: (Step[] | null)[] = [];
  for (const clause of clauses) {
    const own = stepsOf(clause.citation);
    const above = placeAbove(clause, clauses);
    paths.push(own && [...((above !== null && paths[above]) || []), ...own]);
  }
  return paths;
}

function placeAbove({ level, parent }: FindableClause, clauses: readonly FindableClause[]): number | null {
  for (let at = parent; at !== null; at = clauses[at]?.parent ?? null) {
    const above = clauses[at];
    if (above?.kind === 'annex' || (divisions.has(level) && divisions.has(above?.level ?? null))) return at;
  }
  return null;
}

const divisions: ReadonlySet<Level | null> = new Set<Level | null>([
  'part',
  'subpart',
  'chapter',
  'section',
  'subsection',
  'division',
]);
