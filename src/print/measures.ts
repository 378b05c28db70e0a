// GB/T 9704-2012 on A4, in points.
const mm = 72 / 25.4;

export const paper = { width: 210 * mm, height: 297 * mm } as const;

/** The text block: 37 mm from above, 28 mm from the left, 156 × 225 mm. */
export const block = { left: 28 * mm, top: 37 * mm, width: 156 * mm, height: 225 * mm } as const;

export const linesOnAPage = 22;
const charactersInALine = 28;

/** From line to line, and from character to character. */
export const pitch = block.height / linesOnAPage;
export const advance = block.width / charactersInALine;

export const bodySize = 16;
export const titleSize = 22;
export const tableSize = 10.5;
export const tablePitch = 15;
/** Between the words of a cell and its rule. */
export const padding = 3.5;

/** Page numbers: 14 pt, a dash 7 mm below the text block. */
export const pageNumber = { size: 14, below: 7 * mm } as const;

/** The picture of the address and what stands beside it, at the foot of the first page. */
export const mark = { side: 15 * mm, below: 14 * mm, size: 8 } as const;

/** How far below the top of a line its letters stand. */
export function baseline(lineHeight: number, size: number): number {
  return lineHeight / 2 + size * 0.37;
}
