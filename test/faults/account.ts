import { setTimeout as pause } from 'node:timers/promises';
import type { Test } from 'tap';
import { textUnderSeal } from '../../src/actions/seal.ts';
import { receiptByToken, sealedFactsOf } from '../../src/db/receipts.ts';
import type { Db } from '../../src/db/session.ts';
import type { PreparedForm } from './forms.ts';
import type { Letterbox } from './letterbox.ts';
import type { Load } from './load.ts';

/** Every form has one receipt and is stored once, whole and under its seal; nothing else is stored. */
export async function accountForForms(
  t: Test,
  db: Db,
  forms: readonly PreparedForm[],
  load: Load,
): Promise<void> {
  t.same(load.wrong, [], 'nothing but receipts, and pages that keep every word');
  const stored = await db.selectFrom('submissions').select(['form_token', 'receipt_token']).execute();
  const tokens = new Map(stored.map((row) => [row.form_token, row.receipt_token]));
  t.equal(stored.length, forms.length, 'each form is stored once');
  const faults: string[] = [];
  for (const form of forms) {
    const shown = [...(load.receipts.get(form.number) ?? [])];
    const token = tokens.get(form.formToken) ?? '';
    if (shown.length !== 1 || shown[0] !== `/receipts/${token}`)
      faults.push(`form ${form.number}: ${shown.length} receipts`);
    const fault = await faultOf(db, form, token);
    if (fault) faults.push(`form ${form.number}: ${fault}`);
  }
  t.same(faults, [], 'each has the one receipt that was shown, its exact text and a valid seal');
}

async function faultOf(db: Db, form: PreparedForm, token: string): Promise<string> {
  const receipt = await receiptByToken(db, token);
  if (!receipt) return 'is not there';
  const { comments, email, seal } = receipt;
  const [comment] = comments;
  if (comments.length !== 1 || comment?.text !== form.text) return 'has another text';
  if (comment.clauseAddress !== form.clause || email !== form.email) return 'has other facts';
  return seal && textUnderSeal(sealedFactsOf(receipt), seal) !== null ? '' : 'breaks its seal';
}

/** Resolves when the portal has noted every letter that arrived. */
export async function allNoted(db: Db, box: Letterbox): Promise<void> {
  for (;;) {
    const open = await db.selectFrom('letters').select('id').where('sent_at', 'is', null).execute();
    if (!open.some(({ id }) => arrivals(box, id).length > 0)) return;
    await pause(100);
  }
}

/** How often a letter arrived, for each Message-ID it had. */
function arrivals({ arrived }: Letterbox, id: number): number[] {
  return [...arrived]
    .filter(([messageId]) => messageId.startsWith(`letter-${id}.`))
    .map(([, times]) => times);
}

/** Every form with an address caused one letter, and each was sent; gives how often one arrived more than once. */
export async function accountForLetters(
  t: Test,
  db: Db,
  forms: readonly PreparedForm[],
  box: Letterbox,
): Promise<number> {
  const letters = await db.selectFrom('letters').select(['id', 'sent_at', 'attempts']).execute();
  t.equal(letters.length, forms.filter((form) => form.email).length, 'one letter for each address');
  t.equal(letters.filter((letter) => !letter.sent_at).length, 0, 'all are noted as sent');
  const wrong = letters.filter(({ id, attempts }) => {
    const [times = 0, ...others] = arrivals(box, id);
    return others.length > 0 || times < 1 || times > attempts;
  });
  t.same(wrong, [], 'each arrived, under one Message-ID, at most once for each attempt');
  return [...box.arrived.values()].reduce((sum, times) => sum + times - 1, 0);
}
