type Pdfjs = typeof import('pdfjs-dist/legacy/build/pdf.mjs');

const ours = {
  parse: JSON.parse,
  stringify: JSON.stringify,
  push: Array.prototype.push,
};

let loaded: Promise<Pdfjs> | undefined;

/**
 * Loads pdf.js, once: the build that runs on all versions of Node that we do. It brings what old browsers lack and puts
 * some of it in the place of what they have; what everybody here uses all the time is put back, since the other is far
 * slower.
 */
export function loadPdfjs(): Promise<Pdfjs> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Pdfjs> {
  const pdfjs = await import('pdfjs-dist/legacy/build/pdf.mjs');
  // Otherwise loaded with the first file, when all would be replaced once more. It has no types.
  const itsOtherHalf: string = 'pdfjs-dist/legacy/build/pdf.worker.mjs';
  await import(itsOtherHalf);
  const { parse, stringify, push } = ours;
  Object.assign(JSON, { parse, stringify });
  Object.defineProperty(Array.prototype, 'push', { value: push, enumerable: false });
  return pdfjs;
}
