import { numeralCharacters } from '../numerals.ts';

const numeral = `[${numeralCharacters}]`;
const token = new RegExp(
  [
    `第${numeral}{1,9}[编編章节節条條款项項目](?:之${numeral}{1,4})?`,
    '[0-9]{1,20}(?:[.,][0-9]{1,20})?[%％]?',
    "[\\p{Script=Latin}\\p{M}'’-]{1,60}",
    `${numeral}{1,12}`,
    '\\s{1,60}',
    '.',
  ].join('|'),
  'gsu',
);

/** The text cut into words for comparing: a Latin word, a number, a cited 第十二条 is one; any other character is one. */
export function tokensOf(text: string): string[] {
  return text.match(token) ?? [];
}
