import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { root } from '../../../src/root.ts';

/** Changes with everything a migrated, empty database depends on: migrations, engine, its settings. */
export function migrationsHash(): string {
  const sources = [
    ...readdirSync(path.join(root, 'migrations'))
      .sort()
      .map((file) => `migrations/${file}`),
    'src/db/embedded/data.ts',
    'node_modules/@electric-sql/pglite/package.json',
  ];
  const hash = createHash('sha256').update(sources.join());
  for (const source of sources) hash.update(readFileSync(path.join(root, source)));
  return hash.digest('hex').slice(0, 12);
}
