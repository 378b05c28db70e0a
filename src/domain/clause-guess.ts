import { bareName } from './draft-name.ts';
import { numberOf, numeralCharacters } from './numerals.ts';

/** The draft that a text may speak of: its name without 《》, and the addresses of its clauses. */
export interface GuessGround {
  readonly draftName: string;
  readonly addresses: readonly string[];
}

const space = '\\s{0,3}';
const digits = (name: string) => `(?<${name}>[${numeralCharacters}]{1,9})`;
const branch = `(?:\\s{0,2}之\\s{0,2}${digits('branch')})?`;
const paragraph = `(?:${space}第${space}${digits('paragraph')}${space}款)?`;
const item = `(?:${space}(?=[第（(])第?${space}[（(]?${space}${digits('item')}${space}[）)]?${space}[项項点點])?`;
const article = `[条條]${branch}${paragraph}${item}`;

/** What a reference is called in addresses, and the items inside. */
interface Unit {
  readonly name: string;
  readonly items: string;
  readonly pattern: string;
}

const ofLaws: readonly Unit[] = [
  { name: 'art', items: 'subpara', pattern: article },
  { name: 'h1', items: 'h2', pattern: `部分${item}` },
  { name: 'chp', items: '', pattern: '章' },
];
// 三、 has no name of its own, and is called 第三条 as well.
const ofOfficialDocuments: readonly Unit[] = [
  { name: 'h1', items: 'h2', pattern: article },
  { name: 'h1', items: 'h2', pattern: `部分${item}` },
];

/** One place that a text names: numbers from the outermost to the innermost; 0 where a step is left out. */
interface Reference {
  readonly number: number;
  readonly branch: number;
  readonly paragraph: number;
  readonly item: number;
}

/**
 * The address of the one clause that a text names (第三条, 第12条之一第二款第（三）项; 第二部分 or 第二章 where it names no
 * article; 第三条 for 三、 in a draft without articles), or null when it names none or several. References to other documents (《…》第三条) do not count.
 */
export function guessClause(text: string, ground: GuessGround): string | null {
  const hasArticles = ground.addresses.some((address) => /(?:^|__)art_/.test(address));
  for (const unit of hasArticles ? ofLaws : ofOfficialDocuments) {
    const references = referencesIn(text, unit.pattern, ground.draftName);
    if (references.length > 0) return placeOf(references, unit, ground.addresses);
  }
  return null;
}

function placeOf(references: readonly Reference[], unit: Unit, addresses: readonly string[]) {
  if (new Set(references.map((each) => each.number)).size !== 1) return null;
  const distinct = [...new Map(references.map((each) => [Object.values(each).join(), each])).values()];
  const base = onlyOne(distinct.map((each) => baseOf(each, unit.name, addresses)));
  return base && (onlyOne(distinct.map((each) => insideOf(each, base, unit.items, addresses))) ?? base);
}

function onlyOne<T>(list: readonly (T | null)[]): T | null {
  const [one = null, ...others] = new Set(list);
  return others.length === 0 ? one : null;
}

/** The article or heading itself; null when there is none with this number, or several. */
function baseOf({ number, branch }: Reference, name: string, addresses: readonly string[]): string | null {
  const withBranch = branch > 0 ? theOne(`${name}_${number}-${branch}`, addresses) : null;
  return withBranch ?? theOne(`${name}_${number}`, addresses);
}

function theOne(last: string, addresses: readonly string[]): string | null {
  return onlyOne(addresses.filter((address) => address === last || address.endsWith(`__${last}`)));
}

// The text of an article is its first paragraph, and holds its items unless a later paragraph does.
function insideOf(
  { paragraph, item }: Reference,
  base: string,
  items: string,
  addresses: readonly string[],
): string {
  const there = (address: string) => addresses.includes(address);
  const later = `${base}__para_${paragraph}`;
  const outer = paragraph > 1 && there(later) ? later : base;
  if (item === 0 || (paragraph > 1 && outer === base)) return outer;
  const inner = `${outer}__${items}_${item}`;
  return there(inner) ? inner : outer;
}

function referencesIn(text: string, pattern: string, draftName: string): Reference[] {
  const references: Reference[] = [];
  let otherUntil = 0;
  const reference = new RegExp(`第${space}${digits('number')}${space}${pattern}`, 'gu');
  for (const { index, 0: words, groups } of text.matchAll(reference)) {
    const before = text.slice(Math.max(otherUntil, index - 120), index);
    const isOthers = (otherUntil > 0 && continues(before)) || namesOther(before, draftName);
    otherUntil = isOthers ? index + words.length : 0;
    const read = (name: string) => numberOf(groups?.[name] ?? '') ?? 0;
    const steps = {
      number: read('number'),
      branch: read('branch'),
      paragraph: read('paragraph'),
      item: read('item'),
    };
    if (!isOthers) references.push(steps);
  }
  return references;
}

/** True when a reference goes on with the document that the one before was to: 《…》第三条、第四条. */
function continues(between: string): boolean {
  return /^[\s、和及与與至或]{0,3}$/u.test(between);
}

function namesOther(before: string, draftName: string): boolean {
  const title = /《([^《》]{1,90})》\s{0,3}(?:[（(][^（）()]{0,20}[）)]\s{0,3})?$/u.exec(before)?.[1];
  return title !== undefined && bareName(title) !== bareName(draftName);
}
