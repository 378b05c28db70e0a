import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { MemoryFS, PGlite } from '@electric-sql/pglite';

/** What we touch of PGlite's inside: its file system. */
interface InnerFiles {
  mkdirTree(folder: string): void;
  writeFile(file: string, bytes: Uint8Array, options: { canOwn: boolean }): void;
}

/** A file system in memory that begins as a copy of the database in `home`, which must not be open. */
export function memoryCopyOf(home: string): MemoryFS {
  const fs = new MemoryFS();
  const init = fs.init.bind(fs);
  let inner: () => InnerFiles;
  fs.init = (pg, given) => {
    inner = () => pg.Module.FS as unknown as InnerFiles;
    return init(pg, given);
  };
  fs.initialSyncFs = async () => copy(home, inner());
  return fs;
}

function copy(home: string, inner: InnerFiles): void {
  const { PGDATA } = PGlite.paths;
  inner.mkdirTree(PGDATA);
  for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    const inside = PGDATA + file.slice(home.length);
    if (entry.isDirectory()) inner.mkdirTree(inside);
    else inner.writeFile(inside, readFileSync(file), { canOwn: true });
  }
}
