import type { Attachment } from '../../db/attachments.ts';

/** A stored file as the partial `attachment-list` shows it. */
export interface AttachmentLink {
  readonly to: string;
  readonly name: string;
  /** Such as `1.2 MB`. */
  readonly size: string;
}

/** Links to files below an address such as `/receipts/TOKEN`. */
export function attachmentLinks(base: string, attachments: readonly Attachment[] = []): AttachmentLink[] {
  return attachments.map(({ id, name, size }) => ({
    to: `${base}/attachments/${id}`,
    name,
    size: sizeText(size),
  }));
}

/** A number of bytes as people say it, in KB or MB, never rounded to nothing. */
export function sizeText(bytes: number): string {
  const kilobytes = bytes / 1024;
  return kilobytes < 1000
    ? `${Math.max(1, Math.round(kilobytes))} KB`
    : `${(kilobytes / 1024).toFixed(1)} MB`;
}
