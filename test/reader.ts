import type { FileReader, IntakeResult } from '../src/domain/import.ts';
import { readPaste } from '../src/domain/parse/paste.ts';

/** A reader in the test's own thread that takes every file for UTF-8 text; an empty file is refused as one. */
export const plainReader: FileReader = {
  async read(bytes, _name, settings, onProgress) {
    const text = new TextDecoder().decode(bytes);
    const result: IntakeResult = text === '' ? { refusal: 'empty' } : { kind: 'txt', text, notes: [] };
    onProgress(50);
    return { result, paste: text === '' ? null : readPaste(text, settings) };
  },
  async parse(text, settings) {
    return readPaste(text, settings);
  },
  async close() {},
};
