/** What is kept of one form's question until it is answered. */
export interface KeptProof {
  readonly id: string;
  /** The characters in the picture. */
  readonly answer: string;
  /** How many zero bits each piece of work must begin with, 1 to 32. */
  readonly bits: number;
  /** What was sent by letter, if anything: the code in it, and whether its link was confirmed. */
  readonly letter: { readonly code: string; readonly confirmed: boolean } | null;
}

/** What came with the form; each may be empty. */
export interface GivenProof {
  /** What was typed: the characters in the picture, or the code from the letter. */
  readonly answer: string;
  /** The proof of work: a number for each piece, separated by commas. */
  readonly work: string;
}

export type Sha256 = (text: string) => Uint8Array;

/** Pieces of one proof of work. Several small ones take about the same time always; one large one is a lottery. */
export const piecesOfWork = 8;

const usualBits = 16;
const mostBits = 20;
const usualForms = 20;

/** Decimal digits of the code in a letter. One may be tried once, with one form. */
export const codeDigits = 6;

/** Letters that may be asked for with one form. */
export const mostProofLetters = 3;

/**
 * Bits of work to ask of an address that came for so many forms lately: up to 20 forms 16 bits, some seconds on an
 * old phone; with every doubling one more, up to 20.
 */
export function bitsOfWork(formsLately: number): number {
  const doublings = Math.ceil(Math.log2(Math.max(formsLately, usualForms) / usualForms));
  return Math.min(usualBits + doublings, mostBits);
}

/** Whether a person stands behind a form: by the picture, by work, by a letter's code or by its link. */
export function proves(kept: KeptProof, given: GivenProof, sha256: Sha256): boolean {
  if (kept.letter?.confirmed || isWorkFor(kept, given.work, sha256)) return true;
  const typed = given.answer.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return typed !== '' && (typed === kept.answer || typed === kept.letter?.code);
}

function isWorkFor({ id, bits }: KeptProof, work: string, sha256: Sha256): boolean {
  const numbers = work.split(',', piecesOfWork + 1);
  return (
    numbers.length === piecesOfWork &&
    numbers.every((n, piece) => /^\d{1,12}$/.test(n) && beginsWithZeros(sha256(`${id}:${piece}:${n}`), bits))
  );
}

function beginsWithZeros(hash: Uint8Array, bits: number): boolean {
  return new DataView(hash.buffer, hash.byteOffset).getUint32(0) >>> (32 - bits) === 0;
}
