import { type Kysely, sql } from 'kysely';

/** Three ways to prove to be a person: the picture, work that a script does, a letter. */
export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of statements) await sql.raw(statement).execute(db);
}

const statements = [
  'alter table captchas add column bits smallint not null default 16 check (bits between 1 and 32)',

  // Holds an e-mail address for as long as its captcha is good, at most; then the row is forgotten, and its letters.
  `create table mailed_proofs (
    captcha_id text primary key references captchas on delete cascade,
    token text not null unique,
    code text not null,
    email text not null,
    created_at timestamptz not null,
    confirmed_at timestamptz
  )`,

  `alter table letters
     alter column submission_id drop not null,
     add column captcha_id text references mailed_proofs on delete cascade,
     drop constraint letters_kind_check,
     add constraint letters_kind_check check (kind in ('receipt', 'answer', 'proof')),
     add constraint letters_are_about_one_thing check (
       (kind = 'proof') = (captcha_id is not null) and (kind = 'proof') = (submission_id is null))`,
  'create index letters_by_captcha on letters (captcha_id) where captcha_id is not null',
];
