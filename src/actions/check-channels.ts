import { insertChannelCheck } from '../db/dispositions.ts';
import { writeLedger } from '../db/ledger.ts';
import { channelChecks, noticeState } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import type { Channel } from '../domain/comment.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Sets which channels the officer declares looked through to the end; only changes are written, by name and time.
 * Channels the announcement did not open are passed over. Throws RuleBroken `notClosed`, `noticeSigned`, `notAllowed`.
 */
export async function checkChannels(
  db: Db,
  input: { readonly officer: Officer; readonly consultationId: number; readonly checked: readonly Channel[] },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, input.officer, 'dispose', input.consultationId);
    if (!consultation.closedAt) throw new RuleBroken('notClosed');
    const notice = await noticeState(trx, consultation.id);
    if (notice?.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
    const before = await channelChecks(trx, consultation.id);
    for (const channel of openChannels(consultation.announcement)) {
      const checked = input.checked.includes(channel);
      if (checked === (before.find((check) => check.channel === channel)?.checked ?? false)) continue;
      const officerId = input.officer.id;
      await insertChannelCheck(trx, { consultationId: consultation.id, channel, checked, officerId }, now);
      await writeLedger(
        trx,
        {
          what: 'channelChecked',
          consultationId: consultation.id,
          officer: input.officer,
          detail: { channel, checked },
        },
        now,
      );
    }
  });
}
