import type { OfficialDocument } from '../src/domain/official-document.ts';
import { writeDocx } from '../src/print/docx/write.ts';
import { writePdf } from '../src/print/pdf.ts';
import { sampleDocument, sampleTable } from '../test/print/documents.ts';
import type { Printing } from './print.ts';

// One document twice, in a process of its own, so that its memory is known.
const [format, rows] = process.argv.slice(2);
const count = Number(rows);
const document: OfficialDocument = sampleDocument({ table: count > 0 ? sampleTable(count) : null });
const write = format === 'pdf' ? writePdf : writeDocx;

const start = performance.now();
await write(document);
const between = performance.now();
const { length } = await write(document);
const printing: Printing = {
  ...{ first: between - start, next: performance.now() - between },
  ...{ peak: process.resourceUsage().maxRSS / 1_024, kilobytes: length / 1_024 },
};
console.log(JSON.stringify(printing));
