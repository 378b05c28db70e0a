import { crc32, deflateRawSync } from 'node:zlib';

/** A part of a zip, and what the zip is to say of it that is not so. */
export interface ZipPart {
  readonly name: string;
  readonly content: string | Uint8Array;
  readonly isPacked?: boolean;
  readonly isEncrypted?: boolean;
  readonly claimedSize?: number;
  readonly claimedSum?: number;
}

/** Writes a zip file as the parts say. */
export function tinyZip(parts: readonly ZipPart[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const [name, data] = [Buffer.from(part.name), dataOf(part)];
    const header = headerOf(part, data.length);
    const local = Buffer.concat([words('PK\x03\x04', [20]), header, words('', [name.length, 0]), name, data]);
    const rest = words('', [name.length, 0, 0, 0, 0, 0, 0, offset & 0xffff, offset >>> 16]);
    directory.push(Buffer.concat([words('PK\x01\x02', [20, 20]), header, rest, name]));
    files.push(local);
    offset += local.length;
  }
  const size = directory.reduce((sum, each) => sum + each.length, 0);
  const counts = [
    0,
    0,
    parts.length,
    parts.length,
    size & 0xffff,
    size >>> 16,
    offset & 0xffff,
    offset >>> 16,
    0,
  ];
  return Buffer.concat([...files, ...directory, words('PK\x05\x06', counts)]);
}

function dataOf({ content, isPacked }: ZipPart): Buffer {
  const plain = Buffer.from(content as string);
  return isPacked ? deflateRawSync(plain) : plain;
}

/** What stands alike in front of a part and in the directory: flags, method, time, checksum, sizes. */
function headerOf(part: ZipPart, packedSize: number): Buffer {
  const plain = Buffer.from(part.content as string);
  const header = Buffer.alloc(22);
  header.writeUInt16LE((part.isEncrypted ? 1 : 0) | 0x800, 0);
  header.writeUInt16LE(part.isPacked ? 8 : 0, 2);
  header.writeUInt32LE(part.claimedSum ?? crc32(plain), 8);
  header.writeUInt32LE(packedSize, 12);
  header.writeUInt32LE(part.claimedSize ?? plain.length, 16);
  return header.subarray(0, 20);
}

function words(signature: string, numbers: readonly number[]): Buffer {
  const bytes = Buffer.alloc(numbers.length * 2);
  for (const [index, number] of numbers.entries()) bytes.writeUInt16LE(number, index * 2);
  return Buffer.concat([Buffer.from(signature, 'latin1'), bytes]);
}
