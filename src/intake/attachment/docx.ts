import { findParts } from '../docx/package.ts';
import { openZip } from '../zip.ts';

/**
 * The same bytes, when they are a Word file without macros whose every part unfolds, within limits, to what the zip says.
 * Throws FileRefused.
 */
export async function checkDocx(bytes: Uint8Array): Promise<Uint8Array> {
  const zip = await openZip(bytes, limits);
  await findParts(zip);
  for (const name of zip.names) if (!name.endsWith('/')) await unfold(zip.read(name));
  return bytes;
}

// Twice what is read to find the parts, and no more than a Word file of 10 MB unfolds to.
const limits = { total: 200_000_000, ratio: 150, slack: 10_000_000, entries: 5_000 };

async function unfold(pieces: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of pieces);
}
