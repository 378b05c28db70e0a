import type { Db, Trx } from './session.ts';

/** An officer's second factor: its sealed secret, and the last time step whose code was used. */
export interface SecondFactor {
  readonly secret: Buffer;
  readonly confirmedAt: Date | null;
  readonly lastStep: number | null;
}

/** An officer's second factor, confirmed or not, or undefined. */
export async function secondFactorOf(db: Db, officerId: number): Promise<SecondFactor | undefined> {
  return factorQuery(db, officerId).executeTakeFirst();
}

/** The same, held until the transaction ends. */
export async function holdSecondFactor(trx: Trx, officerId: number): Promise<SecondFactor | undefined> {
  return factorQuery(trx, officerId).forUpdate().executeTakeFirst();
}

/** Keeps a secret that is to be confirmed; one that is confirmed stays. */
export async function proposeSecret(trx: Trx, officerId: number, secret: Buffer, now: Date): Promise<void> {
  await trx
    .insertInto('second_factors')
    .values({ officer_id: officerId, secret, created_at: now, confirmed_at: null, last_step: null })
    .onConflict((conflict) =>
      conflict
        .column('officer_id')
        .doUpdateSet({ secret, created_at: now })
        .where('second_factors.confirmed_at', 'is', null),
    )
    .execute();
}

/** Confirms a secret. */
export async function confirmSecret(trx: Trx, officerId: number, now: Date): Promise<void> {
  await trx
    .updateTable('second_factors')
    .set({ confirmed_at: now })
    .where('officer_id', '=', officerId)
    .execute();
}

/** Notes the time step whose code was used. */
export async function noteStep(trx: Trx, officerId: number, step: number): Promise<void> {
  await trx
    .updateTable('second_factors')
    .set({ last_step: step })
    .where('officer_id', '=', officerId)
    .execute();
}

/** Puts these recovery codes in the place of all former ones. */
export async function replaceRecoveryCodes(
  trx: Trx,
  officerId: number,
  hashes: readonly Buffer[],
): Promise<void> {
  await trx.deleteFrom('recovery_codes').where('officer_id', '=', officerId).execute();
  const rows = hashes.map((code_hash) => ({ officer_id: officerId, code_hash, used_at: null }));
  await trx.insertInto('recovery_codes').values(rows).execute();
}

/** Uses a recovery code up; false when there is no such code, or none any more. */
export async function useRecoveryCode(
  trx: Trx,
  officerId: number,
  hash: Buffer,
  now: Date,
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('recovery_codes')
    .set({ used_at: now })
    .where('officer_id', '=', officerId)
    .where('code_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** How many recovery codes an officer has left. */
export async function recoveryCodesLeft(db: Db, officerId: number): Promise<number> {
  const { count } = await db
    .selectFrom('recovery_codes')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('officer_id', '=', officerId)
    .where('used_at', 'is', null)
    .executeTakeFirstOrThrow();
  return count;
}

/** Takes an officer's second factor away, with the recovery codes; false when there was none. */
export async function deleteSecondFactor(trx: Trx, officerId: number): Promise<boolean> {
  const { numDeletedRows } = await trx
    .deleteFrom('second_factors')
    .where('officer_id', '=', officerId)
    .executeTakeFirst();
  return numDeletedRows > 0n;
}

function factorQuery(db: Db, officerId: number) {
  return db
    .selectFrom('second_factors')
    .select(['secret', 'confirmed_at as confirmedAt', 'last_step as lastStep'])
    .where('officer_id', '=', officerId);
}
