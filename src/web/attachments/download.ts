import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { type Attachment, attachmentPieces } from '../../db/attachments.ts';
import type { Site } from '../site.ts';

/**
 * Sends a file as something to be saved, whatever it is: nothing shows or runs it as a page of ours, and nobody on the way
 * keeps it.
 */
export function sendAttachment(reply: FastifyReply, site: Site, attachment: Attachment): FastifyReply {
  return reply
    .headers(fileHeaders(attachment))
    .send(Readable.from(attachmentPieces(site.db, attachment), { objectMode: false }));
}

/** What goes with a file that strangers sent. */
export function fileHeaders({ name, mediaType, size }: Pick<Attachment, 'name' | 'mediaType' | 'size'>) {
  return {
    'content-type': mediaType,
    'content-length': size,
    'content-disposition': disposition(name),
    'x-content-type-options': 'nosniff',
    'content-security-policy': "sandbox; default-src 'none'",
    'cache-control': 'no-store',
    'x-robots-tag': 'noindex',
    'referrer-policy': 'no-referrer',
  };
}

/** RFC 6266: the whole name for today's browsers, one in ASCII for others. */
export function disposition(name: string): string {
  const plain = name.replace(/[^\w. -]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, escaped);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

function escaped(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}
