/** What came with the form; each may be empty. */
export interface GivenProof {
  /** What was typed: the characters in the picture, or the code from the letter. */
  readonly answer: string;
  /** The proof of work: a number for each piece, separated by commas. */
  readonly work: string;
}

/**
 * What a form says for itself, to be compared with what is kept of its question: it is proven when `typed` (empty:
 * nothing) is the answer or the code of the letter, when it did `bits` of work or more, or when its letter's link was
 * confirmed.
 */
export interface ProofClaim {
  readonly typed: string;
  /** With how many zero bits each piece of work begins, at least; 0 to 32. */
  readonly bits: number;
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

/** What a form with the question `id` claims, however it was typed. */
export function claimOf(id: string, { answer, work }: GivenProof, sha256: Sha256): ProofClaim {
  const typed = answer.normalize('NFKC').replace(/\s/g, '').toLowerCase();
  return { typed, bits: bitsOf(id, work, sha256) };
}

function bitsOf(id: string, work: string, sha256: Sha256): number {
  if (work === '') return 0;
  const numbers = work.split(',', piecesOfWork + 1);
  if (numbers.length !== piecesOfWork || !numbers.every((n) => /^\d{1,12}$/.test(n))) return 0;
  return Math.min(...numbers.map((n, piece) => leadingZeros(sha256(`${id}:${piece}:${n}`))));
}

function leadingZeros(hash: Uint8Array): number {
  return Math.clz32(new DataView(hash.buffer, hash.byteOffset).getUint32(0));
}
