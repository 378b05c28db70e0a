import { mailboxStates } from '../../db/mailboxes.ts';
import type { ChannelCheck } from '../../db/notices.ts';
import { type Announcement, openChannels } from '../../domain/announcement-issues.ts';
import { stillHolds } from '../../domain/channel-check.ts';
import type { Channel } from '../../domain/comment.ts';
import { fill } from '../../domain/fill.ts';
import { officialMinute } from '../../domain/shanghai.ts';
import type { Count } from '../../domain/totals.ts';
import type { Sentences } from '../../sentences.ts';
import type { HintedChoice } from './contexts.ts';
import { mailNotes } from './mail/due.ts';
import type { ConsultationVisit } from './visit.ts';

/** One channel that the announcement opened; the hint says where to look, what came in, and who looked. */
export interface ChannelRow extends HintedChoice {
  readonly checked: boolean;
  /** Where the number of 件 found there is typed; empty for the one that the portal itself counts. */
  readonly foundName: string;
}

/** The channels that the announcement opened, each with its tick and with what came in by it. */
export async function channelRows(
  visit: ConsultationVisit,
  checks: readonly ChannelCheck[],
  counts: ReadonlyMap<Channel, Count>,
): Promise<ChannelRow[]> {
  const { announcement } = visit.consultation;
  const notes = [...(await mailNotes(visit)), ...(await mailboxNotes(visit))];
  return openChannels(announcement).map((channel) =>
    rowOf(
      channel,
      checks.find((check) => check.channel === channel),
      { announcement, count: counts.get(channel), notes: channel === 'email' ? notes : [] },
      visit.site.sentences,
    ),
  );
}

/** Where the number of 件 found in a channel is typed. */
export function fieldOf(channel: Channel): string {
  return `found-${channel}`;
}

/** When the mailbox was last read by the portal, if it reads it. */
async function mailboxNotes({ site, consultation }: ConsultationVisit): Promise<string[]> {
  const { announcement, closesAt } = consultation;
  const [state] = await mailboxStates(site.db, [announcement.mailbox.toLowerCase()]);
  const { desk } = site.sentences;
  if (!state?.readAt) return [desk.mailboxNeverRead];
  const early = closesAt !== null && state.readAt < closesAt;
  return [fill(early ? desk.mailboxReadBefore : desk.mailboxReadAt, { at: officialMinute(state.readAt) })];
}

function rowOf(
  channel: Channel,
  check: ChannelCheck | undefined,
  facts: {
    readonly announcement: Announcement;
    readonly count: Count | undefined;
    /** What should be known before the channel counts as looked through. */
    readonly notes: readonly string[];
  },
  sentences: Sentences,
): ChannelRow {
  const { desk } = sentences;
  const count = facts.count ?? { submissions: 0, comments: 0 };
  const parts = [
    channel === 'online' ? '' : contactOf(channel, facts.announcement),
    fill(desk.channelReceived, { ...count }),
    ...facts.notes,
    saidOf(check, count, sentences),
  ];
  return {
    value: channel,
    label: sentences.channels[channel],
    hint: parts.filter((part) => part !== '').join('；'),
    checked: check !== undefined && stillHolds(check, count.submissions),
    foundName: channel === 'online' ? '' : fieldOf(channel),
  };
}

function saidOf(check: ChannelCheck | undefined, { submissions }: Count, { desk }: Sentences): string {
  if (!check) return desk.notChecked;
  const { checked, found, officerName: officer, createdAt } = check;
  const who = { officer, at: officialMinute(createdAt), found: found ?? submissions };
  if (!checked) return fill(desk.uncheckedBy, who);
  return fill(desk.checkedBy, who) + (stillHolds(check, submissions) ? '' : desk.checkedNoMore);
}

function contactOf(channel: Exclude<Channel, 'online'>, announcement: Announcement): string {
  const { mailbox, phone, fax, address } = announcement;
  return { email: mailbox, phone, fax, letter: address, inPerson: address, hearing: '' }[channel];
}
