import { loadPdfjs } from '../../src/intake/pdfjs.ts';

const mm = 25.4 / 72;

/** A printed line, in millimetres from the left and upper edge of the paper; `size` in points. */
export interface ReadLine {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  readonly baseline: number;
  readonly size: number;
}

/** What a PDF file says: its pages' size in millimetres and their lines from above. */
export interface ReadPaper {
  readonly sizes: readonly (readonly [number, number])[];
  readonly pages: readonly (readonly ReadLine[])[];
  readonly text: string;
}

interface Item {
  readonly str: string;
  readonly transform: readonly number[];
  readonly width: number;
}

/** Reads a PDF file as its readers' programs do. */
export async function readPdf(bytes: Uint8Array): Promise<ReadPaper> {
  const { getDocument } = await loadPdfjs();
  const task = getDocument({ data: new Uint8Array(bytes), useSystemFonts: false, verbosity: 0 });
  const pdf = await task.promise;
  const sizes: [number, number][] = [];
  const pages: ReadLine[][] = [];
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number);
    const { width, height } = page.getViewport({ scale: 1 });
    sizes.push([width * mm, height * mm]);
    const { items } = await page.getTextContent();
    pages.push(
      linesOf(
        items.filter((item): item is typeof item & Item => 'str' in item && item.str.trim() !== ''),
        height,
      ),
    );
  }
  await task.destroy();
  return {
    sizes,
    pages,
    text: pages
      .flat()
      .map(({ text }) => text)
      .join(''),
  };
}

// Runs that stand at one height and follow each other are one line: another face cuts a line in runs.
function linesOf(items: readonly Item[], height: number): ReadLine[] {
  const lines: ReadLine[] = [];
  for (const { str, transform, width } of items) {
    const [, , , scale = 0, x = 0, y = 0] = transform;
    const run = {
      text: str.replace(/\s/g, ''),
      left: x * mm,
      right: (x + width) * mm,
      baseline: (height - y) * mm,
      size: scale,
    };
    const last = lines.at(-1);
    // Names in their seals stand further apart than cells of a table.
    const near = last && run.left >= last.left && run.left - last.right < 10;
    const follows = near && Math.abs(last.baseline - run.baseline) < 0.3;
    if (follows)
      lines[lines.length - 1] = { ...last, text: last.text + str.replace(/\s/g, ''), right: run.right };
    else lines.push(run);
  }
  return lines;
}
