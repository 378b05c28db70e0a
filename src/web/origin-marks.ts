import { createHash } from 'node:crypto';
import { canonicalDocument, type SaidInDocument } from '../domain/canonical-document.ts';
import { fill } from '../domain/fill.ts';
import type { OfficialDocument } from '../domain/official-document.ts';
import type { Sentences } from '../sentences.ts';

/** Whose papers they are: the consultation's number, and the address of its page. */
export interface Source {
  readonly number: string;
  readonly address: string;
}

/** What a sheet in the browser shows of where it comes from; templates take the style that prints it from `style`. */
export interface Marks {
  readonly lines: readonly string[];
  readonly picture: string;
  readonly style: string;
}

const shortDigits = 20;

/** SHA-256 of a canonical text, in 64 hexadecimal digits. */
export function fingerprintOf(canonical: string): string {
  return createHash('sha256').update(canonical).digest('hex');
}

/** A document with what it says of where it comes from. */
export function withOrigin(
  { number, address }: Source,
  said: SaidInDocument,
  paper: Pick<OfficialDocument, 'sealed' | 'wide'>,
  sentences: Sentences,
): OfficialDocument {
  const fingerprint = fingerprintOf(canonicalDocument(number, said));
  return {
    ...said,
    ...paper,
    origin: { address, lines: markLines({ number, address }, fingerprint, sentences) },
  };
}

/** What stands beside the QR code of a paper: number, the fingerprint in short, where it is compared. */
export function markLines(
  { number, address }: Source,
  fingerprint: string,
  { marks }: Sentences,
): readonly string[] {
  return [
    fill(marks.number, { number, fingerprint: shortForm(fingerprint) }),
    address,
    fill(marks.compare, { address: `${address}/fingerprints` }),
  ];
}

/** The first twenty digits of a fingerprint, in fours. */
export function shortForm(fingerprint: string): string {
  return fingerprint.slice(0, shortDigits).match(/.{4}/g)?.join(' ') ?? '';
}

/** The marks of a document that is shown in the browser. */
export function documentMarks(source: Source, document: OfficialDocument, sentences: Sentences): Marks {
  return marksView(source, fingerprintOf(canonicalDocument(source.number, document)), sentences);
}

/** The marks of a sheet with this fingerprint. */
export function marksView(source: Source, fingerprint: string, sentences: Sentences): Marks {
  const at = `/consultations/${source.number}`;
  return {
    lines: markLines(source, fingerprint, sentences),
    picture: `${at}/qr.svg`,
    style: `${at}/marks/${fingerprint}.css`,
  };
}
