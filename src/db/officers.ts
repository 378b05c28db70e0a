import type { Officer, Role } from '../domain/officer.ts';
import { prepared } from './prepared.ts';
import type { Db, Trx } from './session.ts';

/** An officer as the sign-in needs it. */
export interface OfficerAccount extends Officer {
  readonly login: string;
  /** Empty when they have none. */
  readonly email: string;
  readonly passwordHash: string | null;
  readonly isSample: boolean;
  /** Since when they can no longer sign in; null while they work here. */
  readonly disabledAt: Date | null;
  readonly hasSecondFactor: boolean;
  readonly agencyName: string;
  readonly agencyNeedsSecondFactor: boolean;
}

/** The officer who signs in with this name (any case), or undefined. */
export async function officerByLogin(db: Db, login: string): Promise<OfficerAccount | undefined> {
  const row = await officerQuery(db).where('o.login', '=', login.trim().toLowerCase()).executeTakeFirst();
  return row && toAccount(row);
}

/** An officer, or undefined. */
export async function officerById(db: Db, id: number): Promise<OfficerAccount | undefined> {
  const row = await officerQuery(db).where('o.id', '=', id).modifyEnd(prepared('officer')).executeTakeFirst();
  return row && toAccount(row);
}

/** Officers of an agency, oldest first. */
export async function officersOf(db: Db, agencyId: number): Promise<OfficerAccount[]> {
  const rows = await officerQuery(db).where('o.agency_id', '=', agencyId).orderBy('o.id').execute();
  return rows.map(toAccount);
}

/** True when anybody could sign in. */
export async function anyOfficer(db: Db): Promise<boolean> {
  return (await db.selectFrom('officers').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** True when the database holds officers of the sample data. */
export async function anySampleOfficer(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom('officers')
    .select('id')
    .where('is_sample', '=', true)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** The agency of that name, made when there is none yet. */
export async function ensureAgency(
  trx: Trx,
  agency: { readonly name: string; readonly shortName: string; readonly siteName: string },
  now: Date,
): Promise<number> {
  const row = {
    name: agency.name,
    short_name: agency.shortName,
    site_name: agency.siteName,
    created_at: now,
  };
  const inserted = await trx
    .insertInto('agencies')
    .values(row)
    .onConflict((conflict) => conflict.column('name').doNothing())
    .returning('id')
    .executeTakeFirst();
  if (inserted) return inserted.id;
  return (
    await trx.selectFrom('agencies').select('id').where('name', '=', agency.name).executeTakeFirstOrThrow()
  ).id;
}

/** An agency's names, or undefined. */
export async function agencyById(db: Db, id: number) {
  return db
    .selectFrom('agencies')
    .select(['name', 'short_name', 'site_name'])
    .where('id', '=', id)
    .executeTakeFirst();
}

/** Adds an officer; without a password hash nobody can sign in as them yet. */
export async function insertOfficer(
  trx: Trx,
  officer: {
    readonly agencyId: number;
    readonly login: string;
    readonly name: string;
    readonly role: Role;
    readonly email?: string;
    readonly passwordHash: string | null;
    readonly isSample?: boolean;
  },
  now: Date,
): Promise<number> {
  const { id } = await trx
    .insertInto('officers')
    .values({
      agency_id: officer.agencyId,
      login: officer.login.toLowerCase(),
      name: officer.name,
      role: officer.role,
      email: officer.email ?? '',
      password_hash: officer.passwordHash,
      is_sample: officer.isSample ?? false,
      created_at: now,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
}

/** Sets an officer's password. */
export async function setPassword(trx: Trx, officerId: number, passwordHash: string): Promise<void> {
  await trx
    .updateTable('officers')
    .set({ password_hash: passwordHash })
    .where('id', '=', officerId)
    .execute();
}

/** Sets an officer's e-mail address, empty for none. */
export async function setEmail(trx: Trx, officerId: number, email: string): Promise<void> {
  await trx.updateTable('officers').set({ email }).where('id', '=', officerId).execute();
}

/** Notes since when an officer can no longer sign in, or that they can again (null). */
export async function setDisabled(trx: Trx, officerId: number, at: Date | null): Promise<void> {
  await trx.updateTable('officers').set({ disabled_at: at }).where('id', '=', officerId).execute();
}

/** Says whether everybody in an agency needs a second factor; false when it was said before. */
export async function requireSecondFactor(trx: Trx, agencyId: number, needed: boolean): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('agencies')
    .set({ needs_second_factor: needed })
    .where('id', '=', agencyId)
    .where('needs_second_factor', '<>', needed)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Keeps an officer's row from being changed by anybody else until the transaction ends. */
export async function holdOfficer(trx: Trx, officerId: number): Promise<void> {
  await trx.selectFrom('officers').select('id').where('id', '=', officerId).forUpdate().execute();
}

/** True when there is an agency of that name. */
export async function agencyNamed(db: Db, name: string): Promise<boolean> {
  const row = await db.selectFrom('agencies').select('id').where('name', '=', name).executeTakeFirst();
  return row !== undefined;
}

/** True for the error that insertOfficer throws when another officer has the login. */
export function isLoginTaken(error: unknown): boolean {
  const { code, constraint } = error as { readonly code?: unknown; readonly constraint?: unknown };
  return code === '23505' && constraint === 'officers_login_key';
}

function officerQuery(db: Db) {
  return db
    .selectFrom('officers as o')
    .innerJoin('agencies as g', 'g.id', 'o.agency_id')
    .select(['o.id', 'o.agency_id', 'o.login', 'o.name', 'o.role', 'o.password_hash', 'o.is_sample'])
    .leftJoin('second_factors as f', (join) =>
      join.onRef('f.officer_id', '=', 'o.id').on('f.confirmed_at', 'is not', null),
    )
    .select(['o.email', 'o.disabled_at', 'g.name as agency_name', 'g.needs_second_factor', 'f.confirmed_at']);
}

type Row = Awaited<ReturnType<ReturnType<typeof officerQuery>['executeTakeFirstOrThrow']>>;

function toAccount(row: Row): OfficerAccount {
  return {
    id: row.id,
    agencyId: row.agency_id,
    login: row.login,
    email: row.email,
    name: row.name,
    role: row.role,
    passwordHash: row.password_hash,
    isSample: row.is_sample,
    disabledAt: row.disabled_at,
    hasSecondFactor: row.confirmed_at !== null,
    agencyName: row.agency_name,
    agencyNeedsSecondFactor: row.needs_second_factor,
  };
}
