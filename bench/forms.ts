import { randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { CompiledQuery } from 'kysely';
import type { Db } from '../src/db/session.ts';
import { createFormTokens } from '../src/web/form-token.ts';
import type { Stage } from './stage.ts';

/** The text of every comment that is sent, about as long as most. */
export const commentText =
  '建议把公示期从七日延长到十五日，并且在小区公告栏、业主群和政府网站同时公布。七日太短，很多住户上班早出晚归，等看到公示的时候已经过了提意见的时间；老年人不用手机，只看公告栏。';
const clauses = ['art_1', 'art_2', 'art_3'];

/**
 * Writes a file of forms ready to be sent, each with a captcha of its own kept in the database, a fresh form token
 * and one of many senders' addresses, so that the usual rate limits count but do not refuse.
 */
export async function writeForms(stage: Stage, db: Db, leg: string, count: number): Promise<string> {
  const tokens = createFormTokens(stage.secretKey, () => new Date(), randomBytes);
  const senders = Math.ceil(count / 15);
  const captchas: string[] = [];
  const lines = Array.from({ length: count }, (_, index) => {
    const captchaId = randomBytes(16).toString('base64url');
    captchas.push(captchaId);
    const form = new URLSearchParams({
      do: 'send',
      'clause-0': clauses[index % clauses.length] ?? '',
      'stance-0': 'amend',
      'text-0': commentText,
      draftVersion: '1',
      commenterKind: 'individual',
      name: '',
      phone: '',
      email: '',
      consent: 'withoutName',
      captcha: 'abcd',
      captchaId,
      formToken: tokens.make(stage.consultationNumber),
    });
    return `${addressOf(leg, index % senders)}\t${form.toString()}`;
  });
  await insertCaptchas(db, captchas);
  const file = path.join(stage.folder, `forms-${leg}.txt`);
  writeFileSync(file, `${lines.join('\n')}\n`);
  return file;
}

function addressOf(leg: string, sender: number): string {
  return `10.${100 + Number(leg)}.${sender % 250}.${Math.floor(sender / 250) + 1}`;
}

async function insertCaptchas(db: Db, ids: readonly string[]): Promise<void> {
  const statement = `insert into captchas (id, answer, created_at, expires_at)
    select id, 'abcd', now(), now() + interval '30 minutes' from unnest($1::text[]) as given(id)`;
  await db.executeQuery(CompiledQuery.raw(statement, [ids]));
}
