import { sql } from 'kysely';
import type { Db } from './session.ts';

/** A published version of a draft that comments can be on. It never changes. */
export interface CommentedVersion {
  readonly consultationId: number;
  readonly draftId: number;
  /** Clause ids by address. */
  readonly clauses: ReadonlyMap<string, number>;
}

/** Gives a version of a consultation's draft, or undefined where there is none. */
export type VersionLookup = (
  consultationNumber: string,
  version: number,
) => Promise<CommentedVersion | undefined>;

const mostRemembered = 50;

/** A lookup that remembers what it found: published versions never change. */
export function rememberVersions(db: Db): VersionLookup {
  const known = new Map<string, CommentedVersion>();
  return async (number, version) => {
    const key = `${number}/${version}`;
    const found = known.get(key) ?? (await readVersion(db, number, version));
    if (!found) return undefined;
    known.delete(key);
    known.set(key, found);
    for (const oldest of known.keys()) {
      if (known.size <= mostRemembered) break;
      known.delete(oldest);
    }
    return found;
  };
}

async function readVersion(db: Db, number: string, version: number): Promise<CommentedVersion | undefined> {
  const draft = await db
    .selectFrom('drafts as d')
    .innerJoin('consultations as c', 'c.id', 'd.consultation_id')
    .select(['d.id', 'd.consultation_id'])
    .where('c.number', '=', number)
    .where('d.version', '=', version)
    .executeTakeFirst();
  if (!draft) return undefined;
  const clauses = await db
    .selectFrom('clauses')
    .select(['id', 'address'])
    .where('draft_id', '=', draft.id)
    .execute();
  return {
    consultationId: draft.consultation_id,
    draftId: draft.id,
    clauses: new Map(clauses.map(({ id, address }) => [address, id])),
  };
}

/** What says why a form was not stored. */
export interface Standing {
  /** Published consultations by number. */
  readonly consultations: ReadonlyMap<string, StandingConsultation>;
  /** Receipt tokens of submissions that are stored, by form token. */
  readonly receipts: ReadonlyMap<string, string>;
}

export interface StandingConsultation {
  readonly number: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly closedAt: Date | null;
  readonly withdrawnAt: Date | null;
}

/** How things stand for forms that were not stored. */
export async function standingOf(
  db: Db,
  numbers: readonly string[],
  formTokens: readonly string[],
): Promise<Standing> {
  const consultations = await db
    .selectFrom('consultations')
    .select([
      'number',
      'opens_at as opensAt',
      'closes_at as closesAt',
      'closed_at as closedAt',
      'withdrawn_at as withdrawnAt',
    ])
    .where(sql<boolean>`number = any(${numbers}::text[]) and published_at is not null`)
    .execute();
  const receipts = await db
    .selectFrom('submissions')
    .select(['form_token', 'receipt_token'])
    .where(sql<boolean>`form_token = any(${formTokens}::text[])`)
    .execute();
  return {
    consultations: new Map(consultations.map((each) => [each.number, each as StandingConsultation])),
    receipts: new Map(receipts.map((each) => [each.form_token, each.receipt_token])),
  };
}
