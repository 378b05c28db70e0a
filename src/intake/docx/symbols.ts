/** The character that Word prints for a code (in hexadecimal) of a font; 〓 where there is none for it. */
export function symbolOf(font: string, code: string): string {
  const number = Number.parseInt(code, 16);
  if (!Number.isInteger(number) || number > 0xffff || number < 0x20) return '';
  // Fonts of signs keep them in the private area, from F000 on.
  const isPrivate = number >= 0xe000 && number <= 0xf8ff;
  const sign = number >= 0xf000 && isPrivate ? number - 0xf000 : number;
  const own = signs.get(font.trim().toLowerCase())?.get(sign);
  if (own !== undefined) return own;
  return isPrivate || (number >= 0xd800 && number <= 0xdfff) ? missing : String.fromCharCode(number);
}

const missing = '〓';

const signs = new Map([
  ['symbol', new Map([...run(0x20, ascii(0x20, 0x40)), ...run(0x41, greek()), ...mathematics()])],
  ['wingdings', table('6c● 6e■ 6f□ 71□ 72□ 75◆ 76❖ 77· 9f· a1○ a7▪ a8□ d8➢ e0→ e8→ f0⇒ fb✗ fc✓ fd☒ fe☑')],
  ['wingdings 2', table('4f✗ 50✓ 51☒ 52☑ 53☒ 54☒ 97● a3□')],
]);

function mathematics(): Map<number, string> {
  return table('a3≤ a5∞ ab↔ ac← ad↑ ae→ af↓ b0° b1± b3≥ b4× b6∂ b7· b8÷ b9≠ ba≡ bb≈ d7⋅ d6√ e5∑');
}

function table(pairs: string): Map<number, string> {
  return new Map(pairs.split(' ').map((pair) => [Number.parseInt(pair.slice(0, 2), 16), pair.slice(2)]));
}

function run(first: number, characters: string): [number, string][] {
  return [...characters].map((each, index) => [first + index, each]);
}

function ascii(from: number, to: number): string {
  return String.fromCharCode(...Array.from({ length: to - from + 1 }, (_, index) => from + index));
}

function greek(): string {
  return `ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}~`;
}
