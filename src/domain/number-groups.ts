/** A text in which numbers are looked for: narrow, lower case, without invisible characters. */
export interface FoldedText {
  readonly text: string;
  /** Where the character at an index of the folded text begins in the original. */
  startOf(index: number): number;
  /** Where the character before an index of the folded text ends in the original. */
  endOf(index: number): number;
}

const invisible = /\p{Default_Ignorable_Code_Point}/u;
const blank = /[\u00a0\u2000-\u200a\u202f\u205f\u3000\t]/;
const dash = /[\u2010-\u2015\u2212\ufe58\ufe63\uff0d\u2500]/;

/** Folds a text, one character for one, so that numbers look alike however they were typed. */
export function foldForNumbers(original: string): FoldedText {
  const places: { readonly start: number; readonly end: number }[] = [];
  let text = '';
  let at = 0;
  for (const character of original) {
    const start = at;
    at += character.length;
    const code = character.codePointAt(0) ?? 0;
    if (!isPlain(code) && invisible.test(character)) continue;
    const narrowed = isPlain(code) ? character.toLowerCase() : narrow(character, code);
    text += narrowed;
    places.push({ start, end: at });
  }
  return {
    text,
    startOf: (index) => places[index]?.start ?? original.length,
    endOf: (index) => places[index - 1]?.end ?? 0,
  };
}

// Nothing is to be folded in most of a Chinese text but capitals.
function isPlain(code: number): boolean {
  return (code >= 0x20 && code < 0x7f) || (code >= 0x4e00 && code < 0xa000);
}

// One unit for each character, so that indexes can be told.
function narrow(character: string, code: number): string {
  if (blank.test(character)) return ' ';
  if (dash.test(character)) return '-';
  if (code >= 0x1d7ce && code <= 0x1d7ff) return String((code - 0x1d7ce) % 10);
  if (code > 0xffff) return '〓';
  const narrowed = code >= 0xff01 && code <= 0xff5e ? String.fromCharCode(code - 0xfee0) : character;
  return narrowed >= 'A' && narrowed <= 'Z' ? narrowed.toLowerCase() : narrowed;
}

/** A group of digits, [start, end) in the folded text; a closing x counts as one where it makes 18. */
export interface NumberGroup {
  readonly digits: string;
  readonly start: number;
  readonly end: number;
  /** True when only a space, a hyphen or a bracket of an area code parts it from the group before. */
  readonly joined: boolean;
}

/** The groups of digits in a folded text, in order. */
export function groupsOf({ text }: FoldedText): NumberGroup[] {
  const groups: NumberGroup[] = [];
  for (const { 0: digits, index: start } of text.matchAll(/\d+x?/g)) {
    const last = groups.at(-1);
    const between = last ? text.slice(last.end, start) : undefined;
    const joined = between !== undefined && between.length <= 3 && /^\)?[ -]*$/.test(between);
    const kept =
      digits.endsWith('x') && !isEndOfId(text, start + digits.length) ? digits.slice(0, -1) : digits;
    groups.push({ digits: kept, start, end: start + kept.length, joined });
  }
  return groups;
}

function isEndOfId(text: string, end: number): boolean {
  return !/^[a-z0-9]/.test(text.slice(end, end + 1));
}
