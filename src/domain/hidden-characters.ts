/** A stretch of a text: as it is, or a character that people would not notice, with its code (`U+200B`). */
export interface Stretch {
  readonly text: string;
  /** Empty for what is as it looks. */
  readonly code: string;
}

// A variation selector or joiner inside an emoji, and one after a Han character, belong to what is seen.
const belongs =
  /\p{Extended_Pictographic}\ufe0f?(?:\u200d\p{Extended_Pictographic}\ufe0f?)*|\p{Script=Han}[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;
const unseen =
  /(?![\n\t])\p{Cc}|\p{Default_Ignorable_Code_Point}|[\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\ufff9-\ufffb]/u;
const letters = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]+/u;
const pieces = new RegExp(`(${belongs.source})|(${unseen.source})|(${letters.source})`, 'gu');

const latin = /\p{Script=Latin}/u;
// Letters that are drawn like Latin ones; a micro sign or a delta before a unit is nothing to warn of.
const lookalike = /[\p{Script=Cyrillic}ΑΒΕΖΗΙΚΜΝΟΡΤΥΧινορυχ]/u;

/**
 * A text as stretches, of which those with a code would deceive the eye: characters that are not seen, unusual spaces,
 * and Cyrillic or Greek letters among Latin ones. Together they are the text.
 */
export function stretchesOf(text: string): Stretch[] {
  const stretches: Stretch[] = [];
  let plain = '';
  const flush = () => {
    if (plain) stretches.push({ text: plain, code: '' });
    plain = '';
  };
  for (const piece of piecesOf(text)) {
    if (piece.code === '') plain += piece.text;
    else {
      flush();
      stretches.push(piece);
    }
  }
  flush();
  return stretches;
}

/** How many characters of a text would deceive the eye. */
export function hiddenCharacters(text: string): number {
  return piecesOf(text).filter(({ code }) => code !== '').length;
}

function piecesOf(text: string): Stretch[] {
  const found: Stretch[] = [];
  let at = 0;
  for (const { 0: piece, 1: whole, 2: hidden, 3: word, index } of text.matchAll(pieces)) {
    found.push({ text: text.slice(at, index), code: '' });
    if (hidden !== undefined) found.push({ text: piece, code: codeOf(piece) });
    else if (word !== undefined && latin.test(word) && lookalike.test(word)) found.push(...lettersOf(word));
    else found.push({ text: whole ?? piece, code: '' });
    at = index + piece.length;
  }
  return [...found, { text: text.slice(at), code: '' }];
}

function lettersOf(word: string): Stretch[] {
  return [...word].map((letter) => ({ text: letter, code: lookalike.test(letter) ? codeOf(letter) : '' }));
}

function codeOf(character: string): string {
  return `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
