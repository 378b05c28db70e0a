/**
 * The pairs of neighbouring characters of texts, each with its consultation in one 32-bit number, without repetition.
 * Equal pairs give equal numbers, others seldom do: what is found by them has to be looked at.
 */
export function pairsOf(consultationId: number, texts: readonly string[]): number[] {
  const found = new Set<number>();
  for (const text of texts) {
    const folded = foldLetters(text);
    for (let at = 1; at < folded.length; at++)
      found.add(numberOf(consultationId, folded.charCodeAt(at - 1), folded.charCodeAt(at)));
  }
  return [...found];
}

/**
 * The pairs that every text has which holds this word in whatever case; empty where none is certain, as for a single
 * character: databases differ in what they take for the other case of letters beyond A to Z.
 */
export function certainPairs(consultationId: number, word: string): number[] {
  const folded = foldLetters(word);
  const found = new Set<number>();
  for (let at = 1; at < folded.length; at++) {
    const [first, second] = [folded.charCodeAt(at - 1), folded.charCodeAt(at)];
    if (isCertain(first) && isCertain(second)) found.add(numberOf(consultationId, first, second));
  }
  return [...found];
}

// Two letters beyond A to Z have one of them as their lower case: the sign of kelvin, and the I with a dot.
function foldLetters(text: string): string {
  return text.replace(/[A-Z\uff21-\uff3a\u212a\u0130]/g, (letter) => {
    if (letter === '\u212a') return 'k';
    return letter === '\u0130' ? 'i' : letter.toLowerCase();
  });
}

/** First and last of the characters whose other case, if they have one, is folded above: no database knows another. */
const certain = [
  [0x0000, 0x007f],
  // From the radicals to the syllables of Yi, and those of Hangul: scripts without cases.
  [0x2e80, 0xa63f],
  [0xac00, 0xd7ff],
  // Compatibility characters; what is as wide as they are.
  [0xf900, 0xfaff],
  [0xff00, 0xffef],
] as const;

function isCertain(unit: number): boolean {
  return certain.some(([first, last]) => unit >= first && unit <= last);
}

function numberOf(consultationId: number, first: number, second: number): number {
  const mixed = Math.imul(((first << 16) | second) ^ Math.imul(consultationId, 0x9e3779b1), 0x85ebca6b);
  return Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35) | 0;
}
