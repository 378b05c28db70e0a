import { parentPort } from 'node:worker_threads';
import type { Reading } from '../domain/import.ts';
import type { Mail } from '../domain/mail.ts';
import { readPaste } from '../domain/parse/paste.ts';
import { checkAttachment } from './attachment/check.ts';
import { readFile } from './read.ts';
import type { Answer, FromReader, ToReader } from './reader-messages.ts';
import { judgedSheet } from './sheets/judged.ts';

// The other side of off-thread.ts.
parentPort?.on('message', (request: ToReader) => {
  void answer(request).then(tell);
});
tell('ready');

function tell(message: FromReader): void {
  parentPort?.postMessage(message);
}

async function answer(request: ToReader): Promise<Answer> {
  try {
    if ('message' in request) return { mail: await readMail(request.bytes) };
    if ('text' in request) return { paste: readPaste(request.text, request.settings) };
    if ('sheet' in request) return { sheet: await judgedSheet(request.bytes, request.sheet) };
    if ('attached' in request) return { checked: await checkAttachment(request.bytes, request.name) };
    return { reading: await read(request) };
  } catch (error) {
    const fault = error instanceof Error ? error : new Error(String(error));
    return { fault, tooLarge: error instanceof RangeError };
  }
}

// Most threads never see a message.
async function readMail(bytes: Uint8Array): Promise<Mail> {
  const { readMessage } = await import('./message.ts');
  return readMessage(bytes);
}

// The text takes most of the time with a PDF; dividing it takes the rest.
async function read({
  bytes,
  name,
  settings,
}: Extract<ToReader, { bytes: Uint8Array; settings: unknown }>): Promise<Reading> {
  const result = await readFile(bytes, name, (percent) => tell({ percent: Math.floor(percent * 0.8) }));
  if ('refusal' in result) return { result, paste: null };
  tell({ percent: 80 });
  return { result, paste: readPaste(result.text, settings) };
}
