import { sql } from 'kysely';
import type { KeptProof } from '../domain/proof.ts';
import type { Trx } from './session.ts';

/** A consultation held against closing until the transaction ends. */
export interface HeldConsultation {
  readonly id: number;
  readonly number: string;
  readonly opensAt: Date;
  readonly closesAt: Date;
  readonly closedAt: Date | null;
  readonly withdrawnAt: Date | null;
  /** Draft ids by version; at least one. */
  readonly drafts: ReadonlyMap<number, number>;
}

/** What judging a batch of forms needs to know. */
export interface Ground {
  /** Published consultations by number. */
  readonly consultations: ReadonlyMap<string, HeldConsultation>;
  /** Receipt tokens of submissions already stored, by form token. */
  readonly receipts: ReadonlyMap<string, string>;
  /** The captchas that were still good at `now`, by id; they are used up, each once for ever, and their letters forgotten. */
  readonly proofs: Map<string, KeptProof>;
  /** Clause ids by `draftId/address`; unknown addresses are absent. */
  readonly clauses: ReadonlyMap<string, number>;
}

interface Asked {
  readonly numbers: readonly string[];
  readonly formTokens: readonly string[];
  readonly captchas: readonly string[];
  readonly addresses: readonly string[];
}

interface Row {
  consultations: HeldRow[] | null;
  receipts: Record<string, string> | null;
  proofs: KeptProof[] | null;
  clauses: { draft: number; address: string; id: number }[] | null;
}

interface HeldRow {
  id: number;
  number: string;
  opens: number;
  closes: number;
  closed: number | null;
  withdrawn: number | null;
  drafts: Record<string, number> | null;
}

/** Holds the consultations, uses the captchas up and looks up the rest, in one statement and one round trip. */
export async function holdForSubmitting(trx: Trx, asked: Asked, now: Date): Promise<Ground> {
  const { rows } = await sql<Row>`
    with held as materialized (
      select id, number, ${milliseconds('opens_at')} as opens, ${milliseconds('closes_at')} as closes,
        ${milliseconds('closed_at')} as closed, ${milliseconds('withdrawn_at')} as withdrawn
      from consultations where number = any(${asked.numbers}) and published_at is not null
      order by id for share
    ), used as (
      update captchas set used_at = ${now}
      where id = any(${asked.captchas}) and used_at is null and expires_at > ${now}
      returning id, answer, bits
    ), mailed as (
      delete from mailed_proofs using used where captcha_id = used.id
      returning captcha_id as id, json_build_object('code', code, 'confirmed', confirmed_at is not null) as letter
    )
    select
      (select json_agg(json_build_object('id', id, 'number', number, 'opens', opens, 'closes', closes,
        'closed', closed, 'withdrawn', withdrawn, 'drafts', (select json_object_agg(d.version, d.id)
          from drafts d where d.consultation_id = held.id))) from held) as consultations,
      (select json_object_agg(form_token, receipt_token) from submissions
        where form_token = any(${asked.formTokens})) as receipts,
      (select json_agg(json_build_object('id', id, 'answer', answer, 'bits', bits, 'letter', letter))
        from used left join mailed using (id)) as proofs,
      (select json_agg(json_build_object('draft', c.draft_id, 'address', c.address, 'id', c.id))
        from held join drafts d on d.consultation_id = held.id
        join clauses c on c.draft_id = d.id and c.address = any(${asked.addresses})) as clauses`.execute(trx);
  const [row] = rows;
  if (!row) throw new Error('one row always comes');
  return {
    consultations: new Map(row.consultations?.map((each) => [each.number, heldFrom(each)])),
    receipts: new Map(Object.entries(row.receipts ?? {})),
    proofs: new Map(row.proofs?.map((proof) => [proof.id, proof])),
    clauses: new Map(row.clauses?.map((each) => [`${each.draft}/${each.address}`, each.id])),
  };
}

function milliseconds(column: string) {
  return sql`(extract(epoch from ${sql.ref(column)}) * 1000)::float8`;
}

function heldFrom({ id, number, opens, closes, closed, withdrawn, drafts }: HeldRow): HeldConsultation {
  const versions = Object.entries(drafts ?? {}).map(([version, draft]) => [Number(version), draft] as const);
  if (versions.length === 0) throw new Error(`consultation ${number} is published without a draft`);
  return {
    id,
    number,
    opensAt: new Date(opens),
    closesAt: new Date(closes),
    closedAt: closed === null ? null : new Date(closed),
    withdrawnAt: withdrawn === null ? null : new Date(withdrawn),
    drafts: new Map(versions),
  };
}
