import { createHash } from 'node:crypto';
import {
  type AttachmentKind,
  type AttachmentRefusal,
  attachmentName,
  attachmentTypes,
  type CheckedAttachment,
  endingOf,
  largestAttachment,
} from '../../domain/attachment.ts';
import { decode } from '../encoding.ts';
import { FileRefused } from '../zip.ts';
import { checkDocx } from './docx.ts';
import { redrawn } from './picture.ts';

/**
 * Judges a file by its content; the name only tells a text from a file that merely can be read as one. Documents are
 * kept as they came, pictures are drawn anew.
 */
export async function checkAttachment(bytes: Uint8Array, name: string): Promise<CheckedAttachment> {
  if (bytes.length === 0) return { refusal: 'empty' };
  if (bytes.length > largestAttachment) return { refusal: 'tooLarge' };
  const kind = kindOf(bytes, name);
  if (isRefusal(kind)) return { refusal: kind };
  try {
    const kept = await checkAs[kind](bytes);
    if (typeof kept === 'string') return { refusal: kept };
    const sha256 = createHash('sha256').update(kept).digest('hex');
    return {
      ...{ name: attachmentName(name, kind), mediaType: attachmentTypes[kind] },
      ...{ size: kept.length, sha256, bytes: kept },
    };
  } catch (error) {
    if (error instanceof FileRefused) return { refusal: refusalFor(error) };
    throw error;
  }
}

const checkAs: Readonly<
  Record<AttachmentKind, (bytes: Uint8Array) => Promise<Uint8Array | AttachmentRefusal>>
> = {
  pdf: async (bytes) => (latin(bytes.subarray(-4096)).includes('%%EOF') ? bytes : 'corrupt'),
  docx: checkDocx,
  jpg: (bytes) => redrawn(bytes, 'jpeg'),
  png: (bytes) => redrawn(bytes, 'png'),
  txt: async (bytes) => {
    const decoded = decode(bytes);
    return decoded === null || decoded.text.includes('\0') ? 'unknownKind' : bytes;
  },
};

function kindOf(bytes: Uint8Array, name: string): AttachmentKind | 'oldOffice' | 'unknownKind' {
  const head = latin(bytes.subarray(0, 1024));
  if (head.startsWith('\xff\xd8\xff')) return 'jpg';
  if (head.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (head.startsWith('PK\x03\x04')) return 'docx';
  if (head.startsWith('\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1') || head.startsWith('{\\rtf')) return 'oldOffice';
  if (head.includes('%PDF-')) return 'pdf';
  // A page, a table or a program can be read as text, too, and is not what is meant.
  return ['txt', 'text', ''].includes(endingOf(name)) ? 'txt' : 'unknownKind';
}

function isRefusal(kind: AttachmentKind | 'oldOffice' | 'unknownKind'): kind is 'oldOffice' | 'unknownKind' {
  return !Object.hasOwn(attachmentTypes, kind);
}

function refusalFor({ refusal }: FileRefused): AttachmentRefusal {
  if (refusal === 'macros' || refusal === 'zipBomb' || refusal === 'encrypted') return refusal;
  return refusal === 'unknownKind' ? refusal : 'corrupt';
}

/** Bytes, each as the character of its number. */
function latin(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}
