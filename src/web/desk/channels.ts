import type { FastifyReply } from 'fastify';
import { checkChannels } from '../../actions/check-channels.ts';
import { channelCounts } from '../../db/comment-counts.ts';
import { isPublished } from '../../db/consultations.ts';
import { type ChannelCheck, channelChecks, latestCheck, noticeState } from '../../db/notices.ts';
import { openChannels } from '../../domain/announcement-issues.ts';
import { judgeFound } from '../../domain/channel-check.ts';
import { type Channel, channels } from '../../domain/comment.ts';
import type { Issue } from '../../domain/issue.ts';
import { may } from '../../domain/officer.ts';
import type { Sentences } from '../../sentences.ts';
import { type FormBody, type FormState, formState, line, list, raw } from '../forms.ts';
import { type ChannelRow, channelRows, fieldOf } from './channel-rows.ts';
import type { Matter } from './contexts.ts';
import { baseOf, crumbsOf, matterOf, stoppedAt } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

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
  /** When it was stopped, where that was before its closing. */
  readonly stoppedAt: Date | null;
  /** Which 件 are to be counted. */
  readonly foundHint: string;
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
  const { closesAt } = consultation;
  const checks = await channelChecks(site.db, consultation.id);
  const counts = await channelCounts(site.db, consultation.id);
  const notice = await noticeState(site.db, consultation.id);
  const closed = consultation.closedAt !== null;
  const signed = notice?.signing?.verdict === 'signed';
  const rows = await channelRows(visit, checks, counts);
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
    stoppedAt: stoppedAt(consultation),
    foundHint: site.sentences.desk.foundHints[stoppedAt(consultation) ? 'stopped' : 'closed'],
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
  const issues = unticked(checked, typed, await channelChecks(site.db, consultation.id)).map((channel) =>
    withName({ field: fieldOf(channel), key: 'foundUnticked' }, channel, site.sentences),
  );
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
  if (await wentStale(checkChannels(site.db, input, now)))
    return sendChannels(
      visit,
      await withTheirs(visit, seen, { status: 409, ticked, found: typed, issues: [] }),
    );
  return goTo(visit, `${baseOf(consultation)}/channels?done=channelsSaved`);
}

// Where a number was typed that would be lost. What stood there before stays typed when a tick is taken back.
function unticked(
  checked: readonly Channel[],
  typed: Readonly<Record<string, string>>,
  checks: readonly ChannelCheck[],
): Channel[] {
  const before = foundBefore(checks);
  return channels.filter((channel) => {
    const number = typed[fieldOf(channel)] ?? '';
    return !checked.includes(channel) && number !== '' && number !== before[fieldOf(channel)];
  });
}

// With what colleagues ticked since the page was opened: sent again, both count.
async function withTheirs(
  { site, consultation }: ConsultationVisit,
  seen: number,
  mine: Again,
): Promise<Again> {
  const checks = await channelChecks(site.db, consultation.id);
  const theirs = checks.filter(({ id, checked }) => checked && id > seen);
  const typed = Object.entries(mine.found).filter(([, value]) => value !== '');
  return {
    ...mine,
    ticked: [...new Set([...mine.ticked, ...theirs.map(({ channel }) => channel)])],
    found: { ...foundBefore(theirs), ...Object.fromEntries(typed) },
  };
}

function withName(issue: Issue, channel: Channel, sentences: Sentences): Issue {
  return { ...issue, values: { ...issue.values, channel: sentences.channels[channel] } };
}

function foundBefore(checks: readonly ChannelCheck[]): Record<string, string> {
  return Object.fromEntries(checks.map(({ channel, found }) => [fieldOf(channel), String(found ?? '')]));
}
