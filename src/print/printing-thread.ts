import { parentPort } from 'node:worker_threads';
import { writeDocx } from './docx/write.ts';
import type { FromPrinter, ToPrinter } from './off-thread.ts';
import { writePdf } from './pdf.ts';

const writers = { pdf: writePdf, docx: writeDocx };

// The other side of off-thread.ts.
parentPort?.on('message', ({ format, document }: ToPrinter) => {
  writers[format](document)
    .then((bytes): FromPrinter => ({ bytes }))
    .catch(
      (error: unknown): FromPrinter => ({ fault: error instanceof Error ? error : new Error(String(error)) }),
    )
    .then((answer) => parentPort?.postMessage(answer));
});
