import assert from 'node:assert/strict';
import { drawUp } from '../../../src/actions/draw-up.ts';
import { currentRows } from '../../../src/actions/notice-rows.ts';
import { signedRows } from '../../../src/db/notice-rows.ts';
import { noticeState, publishedNotice, publishedNotices } from '../../../src/db/notices.ts';
import { channels } from '../../../src/domain/comment.ts';
import type { Notice } from '../../../src/domain/feedback-notice.ts';
import type { NoticeRow } from '../../../src/domain/notice-row.ts';
import { addsUp, countTotals, type Totals } from '../../../src/domain/totals.ts';
import { consultationOf } from '../../consultation.ts';
import { type Page, visit } from '../../visitor.ts';
import { commentsOf, type History } from './history.ts';

const all = { passed: 0, limit: 10_000 };

/** Holds the totals of the notice to what was taken, to every single comment and to the rows; gives them. */
export async function agree(history: History): Promise<Totals> {
  const { site, caseworker, consultation } = history;
  const now = await consultationOf(site.db, caseworker, consultation.id);
  const words = site.deps.sentences.notice;
  const { notice, rowCount } = await drawUp(site.db, now, words, site.clock());
  const { totals } = notice;
  assert.ok(addsUp(totals), 'channels = received = dispositions + undisposed + withdrawn');
  assert.deepEqual(totals, countTotals(await commentsOf(history)), 'comment by comment');
  holdsToTaken(history, totals);
  holdsToRows(totals, await currentRows(site.db, now, words, all), rowCount);
  await holdsToSigned(history);
  return totals;
}

// What those who sent and entered were told.
function holdsToTaken({ taken }: History, totals: Totals): void {
  const sum = (some: History['taken']) => ({
    submissions: some.length,
    comments: some.reduce((count, { comments }) => count + comments, 0),
  });
  const inTime = taken.filter(({ late }) => !late);
  assert.deepEqual(totals.received, sum(inTime), 'received');
  assert.deepEqual(totals.late, sum(taken.filter(({ late }) => late)), 'late');
  assert.deepEqual(totals.withdrawn, sum(inTime.filter(({ withdrawn }) => withdrawn)), 'withdrawn');
  for (const channel of channels)
    assert.deepEqual(
      totals.byChannel[channel],
      sum(inTime.filter((each) => each.channel === channel)),
      channel,
    );
}

function holdsToRows(totals: Totals, rows: readonly NoticeRow[], rowCount: number): void {
  assert.equal(rows.length, rowCount, 'as many rows as it says');
  const standing = totals.received.comments - totals.withdrawn.comments;
  const sum = (some: readonly NoticeRow[]) => some.reduce((count, { alike }) => count + alike, 0);
  assert.equal(sum(rows), standing, 'each standing comment in one row');
  for (const [outcome, count] of Object.entries(totals.byOutcome))
    assert.equal(sum(rows.filter((row) => row.outcome === outcome)), count, outcome);
  assert.equal(sum(rows.filter((row) => row.outcome === null)), totals.undisposed, 'undisposed');
  const byChannel = (channel: (typeof channels)[number]) =>
    rows.reduce((count, row) => count + (row.channels[channel] ?? 0), 0);
  assert.equal(
    channels.reduce((count, channel) => count + byChannel(channel), 0),
    standing,
    'by channel',
  );
}

/** Whatever is published says what was counted when it was signed, for ever. */
async function holdsToSigned({ site, consultation, signed }: History): Promise<void> {
  for (const { sequence } of await publishedNotices(site.db, consultation.id)) {
    const published = await publishedNotice(site.db, consultation.id, sequence);
    assert.ok(published && addsUp(published.notice.totals));
    assert.deepEqual(published.notice.totals, signed.get(sequence));
    assert.equal(published.notice.totals.undisposed, 0, 'nothing is left without a disposition');
    holdsToRows(
      published.notice.totals,
      await signedRows(site.db, published.signingId, all),
      published.rowCount,
    );
  }
}

/** Holds the pages to the same numbers: the list, the notice, its A4 sheet, the table as a file, and what is public. */
export async function pagesAgree(history: History): Promise<void> {
  const { site, consultation } = history;
  const { received, late } = countTotals(await commentsOf(history));
  const desk = await site.signIn('caseworker');
  const at = `/desk/consultations/${consultation.id}`;
  const { text } = await desk.get(`${at}/comments`);
  const whole = `${received.submissions + late.submissions}件、${received.comments + late.comments}条`;
  if (received.comments + late.comments > 0) assert.match(text, new RegExp(`实际收到的${whole}相符`));
  const notice = await noticeNow(history);
  for (const page of ['notice', 'notice/sheet']) says(await desk.get(`${at}/${page}`), notice);
  const csv = (await desk.get(`${at}/exports/summary.csv`)).html;
  const { totals } = notice;
  assert.equal(commentsIn(csv), totals.received.comments - totals.withdrawn.comments, 'the table as a file');
  const published = await publishedNotice(site.db, consultation.id);
  if (!published) return;
  const address = `/consultations/${consultation.number}`;
  const reader = visit(site.app);
  for (const each of [address, `${address}/notice`]) says(await reader.get(each), published.notice);
}

/** As signed, or as the data have it. */
async function noticeNow({ site, caseworker, consultation }: History): Promise<Notice> {
  const signing = (await noticeState(site.db, consultation.id))?.signing;
  if (signing?.content) return signing.content;
  const now = await consultationOf(site.db, caseworker, consultation.id);
  return (await drawUp(site.db, now, site.deps.sentences.notice, site.clock())).notice;
}

function says({ text }: Page, { paragraphs }: Notice): void {
  for (const paragraph of paragraphs) assert.ok(text.includes(paragraph.trim()), `${paragraph} in ${text}`);
}

/** The sum of the column 条数 of the table. */
function commentsIn(csv: string): number {
  const [head = [], ...rows] = linesOf(csv);
  const column = head.indexOf('条数');
  return rows.reduce((sum, row) => sum + Number(row[column]), 0);
}

function linesOf(csv: string): string[][] {
  const lines: string[][] = [[]];
  for (const [, quoted, bare, end] of csv
    .replace('\ufeff', '')
    .trim()
    .matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|$)/g)) {
    lines.at(-1)?.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end === '\r\n') lines.push([]);
    if (end === '') break;
  }
  return lines;
}
