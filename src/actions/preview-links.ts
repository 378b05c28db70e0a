import { writeLedger } from '../db/ledger.ts';
import { insertPreviewLink, revokePreviewLinkRow } from '../db/preview-links.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { previewDays } from '../domain/lifecycle.ts';
import type { Officer } from '../domain/officer.ts';
import { dayMs } from '../domain/shanghai.ts';
import { holdFor } from './hold.ts';
import { sha256 } from './sha256.ts';

/**
 * Makes a secret link to the pages of an unpublished consultation, good for one of `previewDays` days; only its hash
 * is kept. Throws RuleBroken `alreadyPublished`, `notAllowed`.
 */
export async function makePreviewLink(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly days: string },
  random: (bytes: number) => Buffer,
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly token: string }> {
  const { officer, id } = input;
  const days = previewDays.find((each) => String(each) === input.days);
  if (!days) return { issues: [{ field: 'previewDays', key: 'choose' }] };
  const token = random(24).toString('base64url');
  await transaction(db, async (trx) => {
    const { publishedAt } = await holdFor(trx, officer, 'prepare', id);
    if (publishedAt) throw new RuleBroken('alreadyPublished');
    const expiresAt = new Date(now.getTime() + days * dayMs);
    const link = { consultationId: id, officerId: officer.id, tokenHash: hashOf(token), expiresAt };
    await insertPreviewLink(trx, link, now);
    await writeLedger(trx, { what: 'previewLinkMade', consultationId: id, officer }, now);
  });
  return { token };
}

/** Takes a link back; one that is not good any more stays as it is. Throws RuleBroken `notAllowed`. */
export async function revokePreviewLink(
  db: Db,
  input: { readonly officer: Officer; readonly id: number; readonly linkId: number },
  now: Date,
): Promise<void> {
  const { officer, id, linkId } = input;
  await transaction(db, async (trx) => {
    await holdFor(trx, officer, 'prepare', id);
    if (await revokePreviewLinkRow(trx, id, linkId, now))
      await writeLedger(trx, { what: 'previewLinkRevoked', consultationId: id, officer }, now);
  });
}

/** What is kept of a link's token. */
export function hashOf(token: string): Buffer {
  return Buffer.from(sha256(token));
}
