import type { Sharp } from 'sharp';
import { type AttachmentRefusal, largestAttachment, mostPixels } from '../../domain/attachment.ts';

/**
 * A picture drawn anew from its pixels, upright and in ordinary colours: place, time, camera and whatever else stood
 * beside the pixels is gone. Gives the reason when it cannot be drawn.
 */
export async function redrawn(
  bytes: Uint8Array,
  format: 'jpeg' | 'png',
): Promise<Uint8Array | AttachmentRefusal> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  const open = () => sharp(bytes, { failOn: 'error', limitInputPixels: mostPixels, pages: 1 });
  try {
    const { width, height, format: found } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > mostPixels) return 'tooManyPixels';
    if (found !== format) return 'corrupt';
    for (const draw of ways[format]) {
      const drawn = await draw(open().autoOrient().timeout({ seconds: mostSeconds })).toBuffer();
      if (drawn.length <= largestAttachment) return drawn;
    }
    return 'tooLargeInside';
  } catch (error) {
    return error instanceof Error && error.message.startsWith('timeout') ? 'tookTooLong' : 'corrupt';
  }
}

const mostSeconds = 20;

/** How a picture is written: first with all it shows, then smaller. */
const ways: Readonly<Record<'jpeg' | 'png', readonly ((picture: Sharp) => Sharp)[]>> = {
  jpeg: [(picture) => picture.jpeg({ quality: 90 }), (picture) => picture.jpeg({ quality: 75 })],
  png: [
    (picture) => picture.png(),
    (picture) => picture.png({ compressionLevel: 9, adaptiveFiltering: true }),
  ],
};
