import path from 'node:path';

const isBuilt = !import.meta.url.endsWith('.ts');

/** What Node is given to run a program of ours, named by its source: that, or what was built of it beside this file. */
export function program(source: string): string[] {
  const file = path.join(import.meta.dirname, '..', source);
  return isBuilt ? [file.replace(/\.ts$/, '.js')] : ['--import', 'tsx', file];
}
