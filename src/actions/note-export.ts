import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import type { Officer } from '../domain/officer.ts';

/** Writes down that an officer takes a copy of the traces away: of all of their agency, or of one consultation. */
export async function noteExport(
  db: Db,
  { officer, consultationId }: { readonly officer: Officer; readonly consultationId: number | null },
  now: Date,
): Promise<void> {
  const about = consultationId === null ? {} : { consultationId };
  await transaction(db, (trx) => writeLedger(trx, { what: 'tracesExported', officer, ...about }, now));
}
