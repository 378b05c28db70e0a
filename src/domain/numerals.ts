const digits = new Map<string, number>();
for (const [index, forms] of [
  '零〇○Ｏ０0',
  '一壹壱１1',
  '二贰貳两兩２2',
  '三叁參叄３3',
  '四肆４4',
  '五伍５5',
  '六陆陸６6',
  '七柒７7',
  '八捌８8',
  '九玖９9',
].entries())
  for (const form of forms) digits.set(form, index);

const units = new Map([
  ['十', 10],
  ['拾', 10],
  ['百', 100],
  ['佰', 100],
  ['千', 1000],
  ['仟', 1000],
]);
const tens = new Map([
  ['廿', 20],
  ['卅', 30],
]);

/** Characters that can stand in a numeral, for use inside a character class. */
export const numeralCharacters = `${[...digits.keys()].join('')}${[...units.keys()].join('')}廿卅`;

/**
 * The whole number that a Chinese or Arabic numeral stands for (`一百二十`, `二〇二一`, `１２`), spaces ignored;
 * null for anything else and for more than 9 characters.
 */
export function numberOf(numeral: string): number | null {
  const characters = [...numeral].filter((character) => character.trim() !== '');
  if (characters.length === 0 || characters.length > 9) return null;
  if (!characters.every((character) => digits.has(character) || isUnit(character))) return null;
  return characters.some(isUnit) ? spokenNumber(characters) : positionalNumber(characters);
}

/** The Chinese numeral of a whole number from 0 to 9999, as laws write it: `十二`, `一百零五`. */
export function chineseNumeral(number: number): string {
  if (!Number.isInteger(number) || number < 0 || number > 9999)
    throw new RangeError(`no Chinese numeral for ${number}`);
  if (number === 0) return '零';
  const spoken = [1000, 100, 10, 1].reduce((text, unit) => text + placeOf(number, unit), '');
  return spoken.replace(/^一十/, '十');
}

function placeOf(number: number, unit: number): string {
  const digit = Math.floor(number / unit) % 10;
  if (digit > 0) return `${'零一二三四五六七八九'[digit]}${{ 1000: '千', 100: '百', 10: '十' }[unit] ?? ''}`;
  const gap = number > unit && number % unit > 0 && Math.floor(number / (unit * 10)) % 10 > 0;
  return gap ? '零' : '';
}

function isUnit(character: string): boolean {
  return units.has(character) || tens.has(character);
}

function positionalNumber(characters: readonly string[]): number {
  return characters.reduce((sum, character) => sum * 10 + (digits.get(character) ?? 0), 0);
}

function spokenNumber(characters: readonly string[]): number {
  let sum = 0;
  let pending = 0;
  for (const character of characters) {
    const unit = units.get(character);
    if (unit !== undefined) sum += (pending || 1) * unit;
    else sum += tens.get(character) ?? 0;
    pending = isUnit(character) ? 0 : (digits.get(character) ?? 0);
  }
  return sum + pending;
}
