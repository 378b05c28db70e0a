import type { FastifyReply } from 'fastify';
import { checkChannels } from '../../actions/check-channels.ts';
import { channelCounts } from '../../db/comment-counts.ts';
import { isPublished } from '../../db/consultations.ts';
import { mailboxStates } from '../../db/mailboxes.ts';
import { type ChannelCheck, channelChecks, latestCheck, noticeState } from '../../db/notices.ts';
import { type Announcement, openChannels } from '../../domain/announcement-issues.ts';
import { judgeFound, stillHolds } from '../../domain/channel-check.ts';
import { type Channel, channels } from '../../domain/comment.ts';
import { fill } from '../../domain/fill.ts';
import type { Issue } from '../../domain/issue.ts';
import { may } from '../../domain/officer.ts';
import { officialMinute } from '../../domain/shanghai.ts';
import type { Count } from '../../domain/totals.ts';
import type { Sentences } from '../../sentences.ts';
import { type FormBody, type FormState, formState, line, list, raw } from '../forms.ts';
import type { HintedChoice, Matter } from './contexts.ts';
import { mailNotes } from './mail/due.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

/** One channel that the announcement opened; the hint says where to look, what came in, and who looked. */
export interface ChannelRow extends HintedChoice {
  readonly checked: boolean;
  /** Where the number of 件 found there is typed; empty for the one that the portal itself counts. */
  readonly foundName: string;
}

export interface ChannelsPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly rows: readonly ChannelRow[];
  readonly chosen: readonly string[];
  /** The latest tick that the page shows, 0 for none. */
  readonly seen: number;
  /** True when another number came to be stored, or somebody ticked, while the page was filled in. */
  readonly changed: boolean;
  readonly closed: boolean;
  readonly signed: boolean;
  /** False before the closing, after the signing, and for whoever may not. */
  readonly mayTick: boolean;
  readonly nothingReceived: boolean;
  readonly closesAt: Date | null;
}

/** The channels that the announcement opened, to be ticked as looked through to the end. */
export async function showChannels(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendChannels(visit);
}

/** What was ticked and typed, where the page has to be shown again. */
interface Again {
  readonly status: 409 | 422;
  readonly ticked: readonly string[];
  readonly found: Readonly<Record<string, string>>;
  readonly issues: readonly Issue[];
}

async function sendChannels(visit: ConsultationVisit, again?: Again): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const { announcement, closesAt } = consultation;
  const checks = await channelChecks(site.db, consultation.id);
  const counts = await channelCounts(site.db, consultation.id);
  const notice = await noticeState(site.db, consultation.id);
  const closed = consultation.closedAt !== null;
  const signed = notice?.signing?.verdict === 'signed';
  const notes = [...(await mailNotes(visit)), ...(await mailboxNotes(visit))];
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
    form: formState(again?.found ?? foundBefore(checks), again?.issues ?? [], site.sentences),
    rows,
    chosen: again?.ticked ?? rows.filter((row) => row.checked).map((row) => row.value),
    seen: latestCheck(checks),
    changed: again?.status === 409,
    closed,
    signed,
    mayTick: closed && !signed && may(officer, 'dispose'),
    nothingReceived: counts.size === 0,
    closesAt,
  };
  return sendDesk(visit, 'desk/channels', page, again?.status ?? 200);
}

/** Saves which channels were looked through, with what was found there, which has to be what is stored. */
export async function takeChannels(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const ticked = list(body, 'checked');
  const checked = openChannels(consultation.announcement).filter((channel) => ticked.includes(channel));
  const typed = Object.fromEntries(
    channels.map((channel) => [fieldOf(channel), line(body, fieldOf(channel))]),
  );
  const again = (status: Again['status'], issues: readonly Issue[]) =>
    sendChannels(visit, { status, ticked, found: typed, issues });
  const counts = await channelCounts(site.db, consultation.id);
  const issues: Issue[] = [];
  const found: Partial<Record<Channel, number>> = {};
  for (const channel of checked.filter((each) => each !== 'online')) {
    const field = fieldOf(channel);
    const judged = judgeFound(typed[field] ?? '', counts.get(channel)?.submissions ?? 0, field);
    if ('issues' in judged)
      issues.push(...judged.issues.map((issue) => withName(issue, channel, site.sentences)));
    else found[channel] = judged.found;
  }
  if (issues.length > 0) return again(422, issues);
  const seen = Number(raw(body, 'seen')) || 0;
  const input = { officer, consultationId: consultation.id, checked, found, seen };
  if (await wentStale(checkChannels(site.db, input, now))) return again(409, []);
  return goTo(visit, `${baseOf(consultation)}/channels?done=channelsSaved`);
}

function fieldOf(channel: Channel): string {
  return `found-${channel}`;
}

function withName(issue: Issue, channel: Channel, sentences: Sentences): Issue {
  return { ...issue, values: { ...issue.values, channel: sentences.channels[channel] } };
}

function foundBefore(checks: readonly ChannelCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ channel, found }) => [fieldOf(channel), String(found ?? '')]));
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
