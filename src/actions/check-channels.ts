import { channelCounts } from '../db/comment-counts.ts';
import { insertChannelCheck } from '../db/dispositions.ts';
import { writeLedger } from '../db/ledger.ts';
import { channelChecks, latestCheck, noticeState } from '../db/notices.ts';
import { type Db, transaction } from '../db/session.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import type { Channel } from '../domain/comment.ts';
import { RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { holdFor } from './hold.ts';

/**
 * Sets which channels the officer declares looked through to the end; only changes are written, by name and time.
 * `found` is how many 件 somebody counted there; a channel without it is taken to hold what is stored. Channels the
 * announcement did not open are passed over. `seen` is the latest tick that the officer saw, 0 for none. Throws
 * RuleBroken `stale` when there is a later one or another number is stored by now, `notClosed`, `noticeSigned`,
 * `notAllowed`.
 */
export async function checkChannels(
  db: Db,
  input: {
    readonly officer: Officer;
    readonly consultationId: number;
    readonly checked: readonly Channel[];
    readonly found?: Readonly<Partial<Record<Channel, number>>>;
    readonly seen?: number;
  },
  now: Date,
): Promise<void> {
  await transaction(db, async (trx) => {
    const consultation = await holdFor(trx, input.officer, 'dispose', input.consultationId);
    if (!consultation.closedAt) throw new RuleBroken('notClosed');
    const notice = await noticeState(trx, consultation.id);
    if (notice?.signing?.verdict === 'signed') throw new RuleBroken('noticeSigned');
    const before = await channelChecks(trx, consultation.id);
    if (input.seen !== undefined && input.seen !== latestCheck(before)) throw new RuleBroken('stale');
    const stored = await channelCounts(trx, consultation.id);
    for (const channel of openChannels(consultation.announcement)) {
      const there = stored.get(channel)?.submissions ?? 0;
      const checked = input.checked.includes(channel);
      const found = checked ? (input.found?.[channel] ?? there) : null;
      if (found !== null && found !== there) throw new RuleBroken('stale');
      const was = before.find((check) => check.channel === channel);
      if (checked === (was?.checked ?? false) && found === (was?.found ?? null)) continue;
      const officerId = input.officer.id;
      const check = { consultationId: consultation.id, channel, checked, found, officerId };
      await insertChannelCheck(trx, check, now);
      await writeLedger(
        trx,
        {
          what: 'channelChecked',
          consultationId: consultation.id,
          officer: input.officer,
          detail: { channel, checked, found },
        },
        now,
      );
    }
  });
}
