// Twentieths of a point, as Word measures. The line is a hair under 225 mm / 22, so that 22 of them fit.
const upright = {
  page: { width: 11_906, height: 16_838 },
  margin: { top: 2_098, bottom: 1_984, left: 1_588, right: 1_474, header: 850, footer: 400 },
} as const;
const onItsSide = {
  page: { width: 16_838, height: 11_906 },
  margin: { top: 1_474, bottom: 1_588, left: 2_041, right: 2_041, header: 850, footer: 200 },
} as const;

/** Paper and margins, and the width of the text between them. */
export function sheetOf(wide: boolean) {
  const sheet = wide ? onItsSide : upright;
  return { ...sheet, width: sheet.page.width - sheet.margin.left - sheet.margin.right };
}

export const line = 579;
export const characterWidth = 315;
/** How much closer than usual the characters of the body stand. */
export const closer = -5;
/** Room below the page number, where the first page has its marks. */
export const afterNumber = 900;
