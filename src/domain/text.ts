// C0 and C1 controls but tab and newline, and the characters that reorder or hide text (bidi, BOM, interlinear).
const unsafe =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

/**
 * Text as it may be stored: newlines are \n, control and direction characters are gone, lone surrogates are
 * U+FFFD, blank ends are trimmed. Every visible character stays, 4-byte Han included.
 */
export function cleanText(typed: string): string {
  return typed.replace(/\r\n?/g, '\n').replace(unsafe, '').toWellFormed().trim();
}

// Nothing to clean, as in most fields that a page fills in.
const plain = /^[!-~]*$/;

/** As cleanText, on one line. */
export function cleanLine(typed: string): string {
  if (plain.test(typed)) return typed;
  return cleanText(typed).replace(/\s+/gu, ' ');
}

/** Length in characters as people count them (code points, not UTF-16 units). */
export function characters(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}
