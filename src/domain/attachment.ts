import type { SealedAttachment } from './canonical.ts';
import { characters, cleanLine } from './text.ts';

/** The most files that one submission carries. */
export const mostAttachments = 5;

/** The largest file that is taken, in bytes: 10 MB as file managers count them. */
export const largestAttachment = 10 * 1024 * 1024;

/** The most bytes that files of forms that are not sent may have together: 2 GB. Beyond it no more are taken for a while. */
export const mostUnsent = 2 * 1024 ** 3;

/** The largest picture that is taken, in pixels: more than telephones take by themselves. */
export const mostPixels = 64_000_000;

/** Kinds of file that can be attached, with their media types. */
export const attachmentTypes = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  jpg: 'image/jpeg',
  png: 'image/png',
  txt: 'text/plain',
} as const;
export type AttachmentKind = keyof typeof attachmentTypes;

/** A file as it is kept; `size` and `sha256` are those of `bytes`. */
export interface AttachedFile extends SealedAttachment {
  readonly bytes: Uint8Array;
}

/** Why a file is not taken; each has a sentence under `attachmentRefusals` in views/sentences. */
export type AttachmentRefusal =
  | 'empty'
  | 'tooLarge'
  | 'unknownKind'
  | 'oldOffice'
  | 'corrupt'
  | 'encrypted'
  | 'macros'
  | 'zipBomb'
  | 'tooManyPixels'
  | 'tooLargeInside'
  | 'tookTooLong'
  | 'tooMany'
  | 'noRoom';

/** The file as it may be kept, or why it is not taken. */
export type CheckedAttachment = AttachedFile | { readonly refusal: AttachmentRefusal };

/** Judges a file by its content, off the request thread; pictures come back without what a camera wrote into them. */
export type CheckAttachment = (bytes: Uint8Array, name: string) => Promise<CheckedAttachment>;

const longestName = 100;

/**
 * A file's name as it is kept: no folder, no control or hidden character, none that a file system refuses, at most 100
 * characters, and the ending of its kind.
 */
export function attachmentName(given: string, kind: AttachmentKind): string {
  const cleaned = cleanLine((given.split(/[/\\]/).at(-1) ?? '').normalize('NFC'))
    .replace(/\p{Cf}/gu, '')
    .replace(/[<>:"|?*]/g, '_');
  const ending = endingOf(cleaned);
  const isKnown = endings.includes(ending);
  const stem = (isKnown ? cleaned.slice(0, -ending.length - 1) : cleaned).replace(/^[.\s]+|[.\s]+$/g, '');
  const kept = kind === 'jpg' && ending === 'jpeg' ? ending : kind;
  return `${first(stem || '附件', longestName - kept.length - 1)}.${kept}`;
}

/** The ending of a file's name in small letters, without its dot; empty when there is none. */
export function endingOf(name: string): string {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? '' : name.slice(dot + 1).toLowerCase();
}

const endings = [...Object.keys(attachmentTypes), 'jpeg', 'doc', 'text'];

function first(text: string, length: number): string {
  return characters(text) <= length ? text : [...text].slice(0, length).join('').trimEnd();
}
