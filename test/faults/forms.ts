import { randomBytes } from 'node:crypto';
import { sql } from 'kysely';
import type { Stage } from '../../bench/stage.ts';
import type { Db } from '../../src/db/session.ts';
import { createFormTokens } from '../../src/web/form-token.ts';

/** A form that somebody has filled in, ready to be sent, and sent again when no answer comes. */
export interface PreparedForm {
  readonly number: number;
  readonly formToken: string;
  readonly clause: string;
  readonly text: string;
  readonly email: string;
  readonly body: string;
}

/** Prepares forms with captchas of their own in the database; every text is another, and every other one has an address. */
export async function prepareForms(stage: Stage, db: Db, count: number): Promise<PreparedForm[]> {
  const tokens = createFormTokens(stage.secretKey, () => new Date(), randomBytes);
  const captchas = Array.from({ length: count }, () => randomBytes(16).toString('base64url'));
  await sql`insert into captchas (id, answer, created_at, expires_at)
    select id, 'abcd', now(), now() + interval '30 minutes' from unnest(${captchas}::text[]) as given(id)`.execute(
    db,
  );
  return captchas.map((captchaId, number) => {
    const formToken = tokens.make(stage.consultationNumber);
    const [clause, email] = [`art_${1 + (number % 3)}`, number % 2 ? `reader${number}@example.cn` : ''];
    const text = `第${number}件。建议把公示期延长到${10 + (number % 20)}日，𠮷村也要张贴。\n“${'逐户通知，'.repeat(number % 50)}” <b>&amp;`;
    const fields = {
      ...{ do: 'send', draftVersion: '1', commenterKind: 'individual', consent: 'withoutName' },
      ...{ 'clause-0': clause, 'stance-0': 'amend', 'text-0': text },
      ...{ name: '', phone: '', email, captcha: 'abcd', captchaId, formToken },
    };
    return { number, formToken, clause, text, email, body: new URLSearchParams(fields).toString() };
  });
}
