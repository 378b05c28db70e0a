import { readFileSync } from 'node:fs';
import path from 'node:path';
import { compileFunction } from 'node:vm';
import { piecesOfWork } from '../src/domain/proof.ts';
import { root } from '../src/root.ts';

interface WorkerScope {
  onmessage: (event: { readonly data: object }) => void;
  postMessage: (found: string) => void;
}

let found = '';
const scope: WorkerScope = { onmessage: () => {}, postMessage: (work) => (found = work) };
compileFunction(readFileSync(path.join(root, 'static/proof-worker.js'), 'utf8'), ['self'])(scope);

/** What the browser's script finds for a captcha. */
export function workFor(id: string, bits: number, pieces = piecesOfWork): string {
  scope.onmessage({ data: { id, bits, pieces } });
  return found;
}
