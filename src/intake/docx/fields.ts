/** A field that is open: first comes what the program should do, then what came of it. */
export interface Field {
  instruction: string;
  hasResult: boolean;
}

/** Takes the beginning, the middle or the end of a field; answers with the text of one that has no result of its own. */
export function markField(fields: Field[], type: string | undefined): string {
  if (type === 'begin' && fields.length < deepest) fields.push({ instruction: '', hasResult: false });
  const field = fields.at(-1);
  if (type === 'separate' && field) field.hasResult = true;
  if (type !== 'end' || !field) return '';
  fields.pop();
  return field.hasResult ? '' : enclosed(field.instruction);
}

/** Adds to the instruction of the innermost field. */
export function instruct(fields: readonly Field[], text: string): void {
  const field = fields.at(-1);
  if (field && field.instruction.length < longest) field.instruction += text;
}

/** True while what comes is no text to read: within the instruction of any open field. */
export function isInstruction(fields: readonly Field[]): boolean {
  return fields.some((field) => !field.hasResult);
}

const longest = 200;
const deepest = 40;

/** Word makes a character in a circle by printing two over each other: `eq \o\ac(○,1)`. */
function enclosed(instruction: string): string {
  const match = /^\s*eq\s{0,9}\\o[^(]{0,20}\(([^,，;；()]{1,4})[,，;；]([^()]{1,9})\)\s*$/i.exec(
    instruction.slice(0, longest).trim(),
  );
  const [sign, inner] = [match?.[1]?.trim() ?? '', match?.[2]?.trim() ?? ''];
  const number = Number(inner);
  const isCircled = /^[○〇◯]$/.test(sign) && Number.isInteger(number) && number >= 1 && number <= 20;
  return isCircled ? String.fromCharCode(0x2460 + number - 1) : inner;
}
