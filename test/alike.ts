import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../src/root.ts';

/** The one place that chooses the database of the tests by DATABASE_URL. */
export const chooser = 'test/database.ts';

/**
 * Whether a test file does the same whatever DATABASE_URL says: nothing it imports or starts, at whatever remove, is
 * `test/database.ts`.
 */
export function isAlike(file: string): boolean {
  const reached = new Set([file]);
  for (const each of reached) for (const named of sourcesNamedIn(each)) reached.add(named);
  return !reached.has(chooser);
}

// Imports, and programs and threads, which are named from the root or beside the file.
function sourcesNamedIn(file: string): string[] {
  return [...readFileSync(path.join(root, file), 'utf8').matchAll(/'([^'\s]+\.ts)'/g)]
    .map(([, name = '']) => (name.startsWith('.') ? path.join(path.dirname(file), name) : name))
    .filter((name) => existsSync(path.join(root, name)));
}
