import type { Generated, JSONColumnType } from 'kysely';

/** Tables of officers' accounts: who is signed in where, failures to sign in, second factors. */
export interface AccountTables {
  sessions: {
    id_hash: Buffer;
    id: Generated<number>;
    data: JSONColumnType<object, string, string>;
    officer_id: number | null;
    signed_in_at: Date | null;
    seen_at: Date | null;
    expires_at: Date;
    ended_at: Date | null;
    browser: Generated<string>;
    origin: Generated<string>;
  };
  sign_in_failures: { key: Buffer; failures: number; locked_until: Date | null; failed_at: Date };
  second_factors: {
    officer_id: number;
    secret: Buffer;
    created_at: Date;
    confirmed_at: Date | null;
    last_step: number | null;
  };
  recovery_codes: { officer_id: number; code_hash: Buffer; used_at: Date | null };
}
