// GB/T 9704-2012 on A4, in points.
const mm = 72 / 25.4;

/** A sheet of paper: its size, the block its text stands in, and how many lines that holds. */
export interface Sheet {
  readonly width: number;
  readonly height: number;
  readonly block: {
    readonly left: number;
    readonly top: number;
    readonly width: number;
    readonly height: number;
  };
  readonly lines: number;
}

/** A4: 37 mm from above, 28 mm from the left, a block of 156 × 225 mm, 22 lines of 28 characters. */
export const upright: Sheet = {
  ...{ width: 210 * mm, height: 297 * mm, lines: 22 },
  block: { left: 28 * mm, top: 37 * mm, width: 156 * mm, height: 225 * mm },
};

/** The same on its side. */
export const onItsSide: Sheet = {
  ...{ width: 297 * mm, height: 210 * mm, lines: 15 },
  block: { left: 36 * mm, top: 26 * mm, width: 225 * mm, height: 156 * mm },
};

/** From line to line, and from character to character. */
export const pitch = (225 * mm) / 22;
export const advance = (156 * mm) / 28;

export const bodySize = 16;
/** Body text is set so close that 28 characters fill a line. */
export const bodySpacing = advance - bodySize;
export const titleSize = 22;
/** Letters of a table, and from line to line in it: as usual, and large enough to write between. */
export const tableType = { usual: { size: 10.5, pitch: 15 }, large: { size: 12, pitch: 20 } } as const;
/** Between the words of a cell and its rule. */
export const padding = 3.5;

/** Page numbers: 14 pt, a dash 7 mm below the text block. */
export const pageNumber = { size: 14, below: 7 * mm } as const;

/** The picture of the address and what stands beside it, at the foot of the first page. */
export const mark = { side: 15 * mm, below: { upright: 14 * mm, onItsSide: 9 * mm }, size: 8 } as const;

/** How far below the top of a line its letters stand. */
export function baseline(lineHeight: number, size: number): number {
  return lineHeight / 2 + size * 0.37;
}
