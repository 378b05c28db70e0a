import { numberOf, numeralCharacters } from './numerals.ts';

/** One step of a reference: 第三条之一 is number 3, branch 1, unit 条; (二) is number 2 in brackets, without a unit. */
export interface Step {
  readonly number: number;
  readonly branch: number;
  readonly unit: string;
  readonly inBrackets: boolean;
}

const numeral = `[${numeralCharacters}]{1,9}`;
const annex = `附\\s?[件表录图]?\\s?[(第]?\\s?(${numeral})?\\s?\\)?`;
const units = '分编|编|篇|章|节|条|款|项|目';
const clause =
  `第?\\s?(\\()?\\s?(${numeral})\\s?\\)?\\s?(?:-\\s?(${numeral})\\s?(?=条))?` +
  `(${units})?(?:\\s?之\\s?(${numeral})(?![款项条]))?`;
const step = new RegExp(`[\\s、.,:;-]{0,3}(?:${annex}|${clause})`, 'y');
const end = /^[\s、.,:;)]{0,3}$/;
const mostSteps = 8;

/**
 * The steps of a reference such as `第三条第(二)项`, `3.2`, `二、(三)`, `附件1`; null for any other words. The text is
 * folded: characters Simplified, letters and signs half-width.
 */
export function stepsOf(reference: string): Step[] | null {
  const steps: Step[] = [];
  let at = 0;
  while (steps.length < mostSteps) {
    step.lastIndex = at;
    const match = step.exec(reference);
    const found = match && stepFrom(match);
    if (!found) break;
    steps.push(found);
    at = step.lastIndex;
  }
  return steps.length > 0 && end.test(reference.slice(at)) ? steps : null;
}

function stepFrom([, ofAnnex, bracket, number, hyphen, unit = '', branch]: RegExpExecArray): Step | null {
  const inBrackets = bracket !== undefined;
  if (number === undefined)
    return { number: numberOf(ofAnnex ?? '1') ?? 1, branch: 0, unit: '附件', inBrackets };
  const main = numberOf(number);
  const own = unit === '篇' ? '编' : unit;
  return main === null
    ? null
    : { number: main, branch: numberOf(branch ?? hyphen ?? '') ?? 0, unit: own, inBrackets };
}

/** How well a whole path answers a reference, 0 the best; null when it does not. */
export function rankOf(path: readonly Step[] | null, asked: readonly Step[]): number | null {
  if (!path || path.length < asked.length) return null;
  const tail = path.slice(-asked.length);
  if (!tail.every((each, index) => isStep(each, asked[index]))) return null;
  const isExact = tail.every(({ unit }, index) => unit === asked[index]?.unit || asked[index]?.unit === '');
  const isWhole = path.length === asked.length;
  return (isWhole ? 0 : 8) + (isExact ? 0 : 4) + standing(path[0]?.unit ?? '');
}

function isStep({ number, branch, unit, inBrackets }: Step, asked: Step | undefined): boolean {
  if (number !== asked?.number || branch !== asked.branch) return false;
  if (asked.unit === '') return inBrackets || !asked.inBrackets;
  return unit === '' || unit === asked.unit;
}

// A bare 3 is 第三条; where there are no articles 三、; else whatever has the number.
function standing(unit: string): number {
  if (unit === '条') return 0;
  if (unit === '') return 1;
  return unit === '附件' ? 3 : 2;
}
