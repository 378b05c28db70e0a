import { countKinds } from '../../../src/db/kinds.ts';
import type { Db } from '../../../src/db/session.ts';
import { talliesOf } from '../../../src/db/tallies.ts';
import { totalsOf } from '../../../src/domain/tallies.ts';

/** How many 类 a consultation has, as its tallies are now. */
export async function kindsNow(db: Db, consultationId: number): Promise<number> {
  return countKinds(db, consultationId, totalsOf(await talliesOf(db, { consultationId })));
}
