import { chineseNumeral } from '../../domain/numerals.ts';
import { roman } from '../roman.ts';

/** A number as Word prints it in one of its formats; in figures where the format is unknown or has no sign for it. */
export function numberIn(format: string, number: number): string {
  if (number < 0 || number > largest) return String(number);
  return formats.get(format)?.(number) ?? String(number).padStart(zeros.exec(format)?.[1]?.length ?? 0, '0');
}

const zeros = /^custom (0{1,9}1),/;

const largest = 9999;

type Format = (number: number) => string | null;

const formats = new Map<string, Format>([
  ['none', () => ''],
  ['decimalZero', (number) => String(number).padStart(2, '0')],
  ['decimalFullWidth', fullWidth],
  ['decimalFullWidth2', fullWidth],
  ['decimalEnclosedCircle', sign(0x2460, 20)],
  ['decimalEnclosedCircleChinese', sign(0x2460, 20)],
  ['decimalEnclosedParen', sign(0x2474, 20)],
  ['decimalEnclosedFullstop', sign(0x2488, 20)],
  // Word prints them in brackets, whatever the name says.
  ['ideographEnclosedCircle', sign(0x3220, 10)],
  ['numberInDash', (number) => `- ${number} -`],
  ['hex', (number) => number.toString(16).toUpperCase()],
  ['ordinal', ordinal],
  ['upperRoman', (number) => roman(number)?.toUpperCase() ?? null],
  ['lowerRoman', roman],
  ['upperLetter', letter],
  ['lowerLetter', (number) => letter(number)?.toLowerCase() ?? null],
  ['chineseCountingThousand', chineseNumeral],
  ['taiwaneseCountingThousand', chineseNumeral],
  ['chineseCounting', digitsFromHundred],
  ['taiwaneseCounting', digitsFromHundred],
  ['ideographDigital', (number) => digits(number, '〇')],
  ['japaneseDigitalTenThousand', (number) => digits(number, '〇')],
  ['taiwaneseDigital', (number) => digits(number, '○')],
  [
    'japaneseCounting',
    (number) =>
      chineseNumeral(number)
        .replaceAll('零', '')
        .replace(/一(?=[十百千])/g, ''),
  ],
  ['chineseLegalSimplified', (number) => financial(number, '零壹贰叁肆伍陆柒捌玖')],
  ['ideographLegalTraditional', (number) => financial(number, '零壹貳參肆伍陸柒捌玖')],
  ['ideographTraditional', oneOf('甲乙丙丁戊己庚辛壬癸')],
  ['ideographZodiac', oneOf('子丑寅卯辰巳午未申酉戌亥')],
]);

function sign(first: number, count: number): Format {
  return (number) => (number > 0 && number <= count ? String.fromCharCode(first + number - 1) : null);
}

function oneOf(signs: string): Format {
  return (number) => signs[number - 1] ?? null;
}

function fullWidth(number: number): string {
  return String(number).replace(/\d/g, (digit) => '０１２３４５６７８９'[Number(digit)] ?? digit);
}

function digits(number: number, zero: string): string {
  return String(number).replace(/\d/g, (digit) => `${zero}一二三四五六七八九`[Number(digit)] ?? digit);
}

function digitsFromHundred(number: number): string {
  return number > 0 && number < 100 ? chineseNumeral(number) : digits(number, '○');
}

function financial(number: number, figures: string): string {
  const spoken = chineseNumeral(number).replace(/^十/, '一十');
  return spoken.replace(/./g, (each) => {
    const digit = '零一二三四五六七八九'.indexOf(each);
    return figures[digit] ?? { 十: '拾', 百: '佰', 千: '仟' }[each] ?? each;
  });
}

function ordinal(number: number): string {
  const ends = ['th', 'st', 'nd', 'rd'];
  const isTeen = Math.floor(number / 10) % 10 === 1;
  return `${number}${(isTeen ? undefined : ends[number % 10]) ?? 'th'}`;
}

/** After Z comes AA, then BB. */
function letter(number: number): string | null {
  if (number < 1 || number > 780) return null;
  return String.fromCharCode(65 + ((number - 1) % 26)).repeat(Math.ceil(number / 26));
}
