import { preparedStatement } from './prepared.ts';
import type { Db } from './session.ts';

/** The number that changes with everything a public page can show. */
export async function publicVersion(db: Db): Promise<number> {
  const { rows } = await db.executeQuery(whichVersion);
  const [row] = rows;
  if (!row) throw new Error('there is no public version');
  return row.version;
}

// Asked thousands of times a second under load: written out once.
const whichVersion = preparedStatement<{ readonly version: number }>(
  'public version',
  'select version from public_version',
);

/**
 * The same, for a database that nobody but this process can ask: while it was asked nothing else, nothing has changed.
 * `asked` counts what is sent to it, one for a statement.
 */
export function publicVersionAlone(db: Db, asked: () => number): () => Promise<number> {
  let known: { readonly version: number; readonly at: number } | undefined;
  return async () => {
    if (known?.at === asked()) return known.version;
    const before = asked();
    const version = await publicVersion(db);
    // What else was sent meanwhile may have come after it.
    known = asked() === before + 1 ? { version, at: before + 1 } : undefined;
    return version;
  };
}
