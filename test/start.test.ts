import { readFileSync } from 'node:fs';
import path from 'node:path';
import t from 'tap';
import { root } from '../src/root.ts';

// Large, and needed by few requests: each would be a tenth of a second or more of every start.
const late = [
  'docx',
  'imapflow',
  'mailparser',
  'opencc-js',
  'parse5',
  'pdfjs-dist',
  'pdfkit',
  'sharp',
  'write-excel-file',
];

t.test('a portal starts without what reads and writes documents, mailboxes and tables', async (t) => {
  const reached = new Set(['src/server.ts']);
  const packages = new Set<string>();
  for (const file of reached)
    for (const named of importedBy(file))
      if (named.startsWith('.')) reached.add(path.join(path.dirname(file), named));
      else packages.add(named.split('/')[0] ?? '');
  t.ok(packages.has('fastify'), 'its imports are read');
  t.same(
    late.filter((name) => packages.has(name)),
    [],
  );
});

// What is loaded with a file: not its types, and not what it asks for later.
function importedBy(file: string): string[] {
  const text = readFileSync(path.join(root, file), 'utf8');
  return [...text.matchAll(/(?:^|\n)(?:import|export)\b(?! type\b)[^;]*?from '([^']+)'/g)].map(
    ([, from = '']) => from,
  );
}
