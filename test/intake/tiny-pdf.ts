/** A text on a page of A4: points from the left and the upper edge to the baseline. */
export interface Placed {
  readonly text: string;
  readonly x: number;
  readonly y: number;
  readonly size?: number;
}

interface Extras {
  /** Draws a picture on every page. */
  readonly picture?: boolean;
  /** Asks for a password that is not the empty one. */
  readonly password?: boolean;
  /** Turns every page by so many degrees when it is shown. */
  readonly rotate?: number;
}

/** A PDF of A4 pages in the font STSong-Light, which stands in no file: the reader has to know its encoding. */
export function tinyPdf(pages: readonly (readonly Placed[])[], extras: Extras = {}): Uint8Array {
  const first = 7;
  const kids = pages.map((_, index) => `${first + index * 2} 0 R`).join(' ');
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    `<< /Type /Pages /Kids [${kids}] /Count ${pages.length} >>`,
    '<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>',
    '<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> /FontDescriptor 5 0 R /DW 1000 >>',
    '<< /Type /FontDescriptor /FontName /STSong-Light /Flags 4 /FontBBox [0 -200 1000 900] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>',
    stream(
      '/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8',
      '\x80',
    ),
    ...pages.flatMap((page, index) => [
      `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Rotate ${extras.rotate ?? 0} /Contents ${first + index * 2 + 1} 0 R /Resources << /Font << /F1 3 0 R >> /XObject << /I1 6 0 R >> >> >>`,
      stream('', content(page, extras)),
    ]),
    `<< /Filter /Standard /V 1 /R 2 /O <${'41'.repeat(32)}> /U <${'42'.repeat(32)}> /P -4 >>`,
  ];
  return Buffer.from(fileOf(objects, extras), 'latin1');
}

/** Lines below each other, `leading` points apart. */
export function lines(texts: readonly string[], { x = 90, y = 110, size = 16, leading = 28 } = {}): Placed[] {
  return texts.map((text, index) => ({ text, x, y: y + index * leading, size }));
}

function content(page: readonly Placed[], { picture }: Extras): string {
  const drawn = page.map(
    ({ text, x, y, size = 16 }) => `BT /F1 ${size} Tf ${x} ${842 - y} Td <${ucs2(text)}> Tj ET`,
  );
  return [...drawn, picture ? 'q 400 0 0 600 90 90 cm /I1 Do Q' : ''].join('\n');
}

function ucs2(text: string): string {
  return Buffer.from(text, 'utf16le').swap16().toString('hex');
}

function stream(dictionary: string, data: string): string {
  return `<< ${dictionary} /Length ${data.length} >>\nstream\n${data}\nendstream`;
}

function fileOf(objects: readonly string[], { password }: Extras): string {
  let file = '%PDF-1.4\n';
  const offsets: number[] = [];
  for (const [index, object] of objects.entries()) {
    offsets.push(file.length);
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  const encrypt = password ? `/Encrypt ${objects.length} 0 R /ID [<0102> <0102>]` : '';
  const size = objects.length + 1;
  return `${file}xref\n0 ${size}\n0000000000 65535 f \n${rows}trailer\n<< /Size ${size} /Root 1 0 R ${encrypt} >>\nstartxref\n${file.length}\n%%EOF\n`;
}
