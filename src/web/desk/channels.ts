import type { FastifyReply } from 'fastify';
import { checkChannels } from '../../actions/check-channels.ts';
import { channelCounts } from '../../db/comment-counts.ts';
import { isPublished } from '../../db/consultations.ts';
import { type ChannelCheck, channelChecks, noticeState } from '../../db/notices.ts';
import { type Announcement, openChannels } from '../../domain/announcement-issues.ts';
import { type Channel, channels } from '../../domain/comment.ts';
import { fill } from '../../domain/feedback-notice.ts';
import { may } from '../../domain/officer.ts';
import { officialMinute } from '../../domain/shanghai.ts';
import type { Count } from '../../domain/totals.ts';
import type { Sentences } from '../../sentences.ts';
import { type FormBody, type FormState, formState, list } from '../forms.ts';
import type { HintedChoice, Matter } from './contexts.ts';
import { mailNotes } from './mail/due.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import type { ConsultationVisit } from './visit.ts';

/** One channel that the announcement opened; the hint says where to look, what came in, and who looked. */
export interface ChannelRow extends HintedChoice {
  readonly checked: boolean;
}

export interface ChannelsPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly rows: readonly ChannelRow[];
  readonly chosen: readonly string[];
  readonly closed: boolean;
  readonly signed: boolean;
  /** False before the closing, after the signing, and for whoever may not. */
  readonly mayTick: boolean;
  readonly nothingReceived: boolean;
  readonly closesAt: Date | null;
}

/** The channels that the announcement opened, to be ticked as looked through to the end. */
export async function showChannels(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const { announcement, closesAt } = consultation;
  const checks = await channelChecks(site.db, consultation.id);
  const counts = await channelCounts(site.db, consultation.id);
  const notice = await noticeState(site.db, consultation.id);
  const closed = consultation.closedAt !== null;
  const signed = notice?.signing?.verdict === 'signed';
  const notes = await mailNotes(visit);
  const rows = openChannels(announcement).map((channel) =>
    rowOf(
      channel,
      checks.find((check) => check.channel === channel),
      { announcement, count: counts.get(channel), notes: channel === 'email' ? notes : [] },
      site.sentences,
    ),
  );
  const page = {
    title: site.sentences.desk.pages.channels,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'channels'),
    form: formState({}, [], site.sentences),
    rows,
    chosen: rows.filter((row) => row.checked).map((row) => row.value),
    closed,
    signed,
    mayTick: closed && !signed && may(officer, 'dispose'),
    nothingReceived: counts.size === 0,
    closesAt,
  };
  return sendDesk(visit, 'desk/channels', page);
}

/** Saves which channels were looked through. */
export async function takeChannels(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const ticked = list((request.body ?? {}) as FormBody, 'checked');
  const checked = channels.filter((channel) => ticked.includes(channel));
  await checkChannels(site.db, { officer, consultationId: consultation.id, checked }, now);
  return goTo(visit, `${baseOf(consultation)}/channels?done=channelsSaved`);
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
  const checked = check?.checked ?? false;
  const who = check && { officer: check.officerName, at: officialMinute(check.createdAt) };
  const parts = [
    channel === 'online' ? '' : contactOf(channel, facts.announcement),
    fill(desk.channelReceived, { ...(facts.count ?? { submissions: 0, comments: 0 }) }),
    ...facts.notes,
    who ? fill(checked ? desk.checkedBy : desk.uncheckedBy, who) : desk.notChecked,
  ];
  const hint = parts.filter((part) => part !== '').join('；');
  return { value: channel, label: sentences.channels[channel], hint, checked };
}

function contactOf(channel: Exclude<Channel, 'online'>, announcement: Announcement): string {
  const { mailbox, phone, fax, address } = announcement;
  return { email: mailbox, phone, fax, letter: address, inPerson: address, hearing: '' }[channel];
}
