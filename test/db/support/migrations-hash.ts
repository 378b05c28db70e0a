import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { MIGRATIONS } from '../../../src/db/migrate.ts';

/** Changes with everything a migrated, empty database depends on: migrations, engine, its settings. */
export function migrationsHash(): string {
  const files = readdirSync(MIGRATIONS).sort();
  const sources = [
    ...files.map((file) => new URL(file, MIGRATIONS)),
    new URL('../../../src/db/embedded/data.ts', import.meta.url),
    new URL('../../../node_modules/@electric-sql/pglite/package.json', import.meta.url),
  ];
  const hash = createHash('sha256').update(files.join());
  for (const source of sources) hash.update(readFileSync(source));
  return hash.digest('hex').slice(0, 12);
}
