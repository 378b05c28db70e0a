import sharp from 'sharp';

/** An SVG picture as PNG, large enough for print. */
export function picture(svg: string): Promise<Buffer> {
  return sharp(Buffer.from(svg), { density: 300 }).png().toBuffer();
}
