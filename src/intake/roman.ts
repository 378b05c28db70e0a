const signs = 'm1000 cm900 d500 cd400 c100 xc90 l50 xl40 x10 ix9 v5 iv4 i1'
  .split(' ')
  .map((each) => ({ sign: each.replace(/\d+/, ''), worth: Number(each.replace(/\D+/, '')) }));

/** A whole number as a Roman numeral in small letters (12: `xii`); null outside of 1 to 3999. */
export function roman(number: number): string | null {
  if (number < 1 || number > 3999) return null;
  let rest = number;
  let text = '';
  for (const { sign, worth } of signs) for (; rest >= worth; rest -= worth) text += sign;
  return text;
}
