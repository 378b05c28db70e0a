// Twentieths of a point, as Word measures. The line is a hair under 225 mm / 22, so that 22 of them fit.
export const page = { width: 11_906, height: 16_838 } as const;
export const margin = { top: 2_098, bottom: 1_984, left: 1_588, right: 1_474 } as const;
export const width = page.width - margin.left - margin.right;
export const line = 579;
export const characterWidth = 315;
/** How much closer than usual the characters of the body stand. */
export const closer = -5;
/** Room below the page number, where the first page has its marks. */
export const afterNumber = 900;
