import { crc32 } from 'node:zlib';
import { type Entry, fromBufferPromise, type ZipFile } from 'yauzl';
import type { IntakeRefusal } from '../domain/import.ts';

/** Nothing can be taken from a file; the refusal says why. */
export class FileRefused extends Error {
  readonly refusal: IntakeRefusal;
  constructor(refusal: IntakeRefusal, options?: ErrorOptions) {
    super(refusal, options);
    this.name = 'FileRefused';
    this.refusal = refusal;
  }
}

/** What a zip may unfold to before it counts as a bomb. */
export interface ZipLimits {
  /** Bytes that all parts read together may have, unfolded. */
  readonly total: number;
  /** How many times its packed size one part may have, once it is larger than `slack` bytes. */
  readonly ratio: number;
  readonly slack: number;
  readonly entries: number;
}

/** The parts of an open zip; their names are compared without regard to case, as Word does. */
export interface Zip {
  readonly names: readonly string[];
  has(name: string): boolean;
  /** The part's size unfolded, as the zip claims it; 0 when there is no such part. */
  sizeOf(name: string): number;
  /** The part, piece by piece. Throws FileRefused when it is missing, damaged, encrypted or unfolds beyond the limits. */
  read(name: string): AsyncIterable<Uint8Array>;
}

const usualLimits: ZipLimits = { total: 200_000_000, ratio: 150, slack: 10_000_000, entries: 10_000 };

/** Opens a zip by its central directory. Throws FileRefused `corrupt` for what is none, `zipBomb` for too many parts. */
export async function openZip(bytes: Uint8Array, limits: ZipLimits = usualLimits): Promise<Zip> {
  const file = await opened(bytes);
  const entries = await entriesOf(file, limits.entries);
  // Counted as it unfolds: what the zip says of its own sizes is not believed.
  const unfolded = { total: 0 };
  const find = (name: string) => entries.get(name.toLowerCase());
  return {
    names: [...entries.keys()],
    has: (name) => find(name) !== undefined,
    sizeOf: (name) => find(name)?.uncompressedSize ?? 0,
    read: (name) => piecesOf(file, find(name), limits, unfolded),
  };
}

async function opened(bytes: Uint8Array): Promise<ZipFile> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return await fromBufferPromise(buffer, { validateEntrySizes: false });
  } catch (error) {
    throw new FileRefused('corrupt', { cause: error });
  }
}

async function entriesOf(file: ZipFile, most: number): Promise<ReadonlyMap<string, Entry>> {
  if (file.entryCount > most) throw new FileRefused('zipBomb');
  const entries = new Map<string, Entry>();
  try {
    for await (const entry of file.eachEntry()) entries.set(entry.fileName.toLowerCase(), entry);
  } catch (error) {
    throw new FileRefused('corrupt', { cause: error });
  }
  return entries;
}

async function* piecesOf(
  file: ZipFile,
  entry: Entry | undefined,
  limits: ZipLimits,
  unfolded: { total: number },
): AsyncGenerator<Uint8Array> {
  if (entry === undefined) throw new FileRefused('corrupt');
  if (entry.isEncrypted()) throw new FileRefused('encrypted');
  let size = 0;
  let sum = 0;
  for await (const piece of packedPieces(file, entry)) {
    size += piece.length;
    unfolded.total += piece.length;
    sum = crc32(piece, sum);
    const folded = size > limits.slack && size > limits.ratio * entry.compressedSize;
    if (folded || unfolded.total > limits.total) throw new FileRefused('zipBomb');
    yield piece;
  }
  if (sum !== entry.crc32) throw new FileRefused('corrupt');
}

async function* packedPieces(file: ZipFile, entry: Entry): AsyncGenerator<Uint8Array> {
  const stream = await file.openReadStreamPromise(entry).catch(asCorrupt);
  try {
    yield* stream;
  } catch (error) {
    asCorrupt(error);
  } finally {
    stream.destroy();
  }
}

function asCorrupt(error: unknown): never {
  throw error instanceof FileRefused ? error : new FileRefused('corrupt', { cause: error });
}
