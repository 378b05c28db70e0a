import { rowClauses, type SharedRow, sharedRows } from '../db/alike-rows.ts';
import type { PublishedConsultation } from '../db/consultations.ts';
import {
  coveredTexts,
  insertNoticeRows,
  type RowComment,
  rowComments,
  unscreenedTexts,
} from '../db/notice-rows.ts';
import { rowIds } from '../db/row-order.ts';
import type { Db, Trx } from '../db/session.ts';
import { type Version, versionsOf } from '../db/versions.ts';
import type { NoticeWords } from '../domain/feedback-notice.ts';
import { fill } from '../domain/fill.ts';
import { type NoticeRow, noticeRow } from '../domain/notice-row.ts';
import { personalNumbers } from '../domain/personal-numbers.ts';
import { portionsOf } from '../domain/portions.ts';
import { type Tally, unscreenedNumbers } from '../domain/tallies.ts';

/** Rows of the notice's table as the data have them now, after the first `passed`. */
export async function currentRows(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<NoticeRow[]> {
  const shared = await sharedRows(db, consultation.id);
  const ids = await rowIds(db, consultation.id, shared, { passed, limit });
  return rowsOf(db, consultation, words, { shared, ids, passed });
}

// Where nothing is counted, each portion of ids looks at all comments.
const idsAtOnce = 50_000;

/**
 * All rows of the table as the data have them, in portions of `size` from their beginning. Which comments share rows is
 * found out once and kept.
 */
export async function* currentPortions(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  size: number,
): AsyncGenerator<NoticeRow[]> {
  const shared = await sharedRows(db, consultation.id);
  for (let passed = 0; ; passed += idsAtOnce) {
    const ids = await rowIds(db, consultation.id, shared, { passed, limit: idsAtOnce });
    for (const [nth, some] of portionsOf(ids, size).entries())
      yield rowsOf(db, consultation, words, { shared, ids: some, passed: passed + nth * size });
    if (ids.length < idsAtOnce) return;
  }
}

const portion = 2_000;

/** Freezes the table of a notice under its signing, portion by portion; gives how many rows it has. */
export async function freezeRows(
  trx: Trx,
  consultation: PublishedConsultation,
  words: NoticeWords,
  signingId: number,
): Promise<number> {
  let frozen = 0;
  for await (const rows of currentPortions(trx, consultation, words, portion)) {
    await insertNoticeRows(trx, signingId, rows);
    frozen += rows.length;
  }
  return frozen;
}

/**
 * True when the table would print personal numbers of a comment that nobody looked at. What is counted was searched
 * for them; the others, and what was covered since, are searched now.
 */
export async function printsNumbers(
  db: Db,
  consultationId: number,
  tallies: readonly Tally[],
  countedTo: number,
): Promise<boolean> {
  const { bare, covered } = unscreenedNumbers(tallies);
  if (bare > 0) return true;
  if (covered > 0 && (await coveredTexts(db, consultationId)).some(holdsNumbers)) return true;
  for (let after = countedTo; ; ) {
    const texts = await unscreenedTexts(db, consultationId, { after, limit: portion });
    if (texts.some(({ text }) => holdsNumbers(text))) return true;
    const last = texts.at(-1);
    if (!last) return false;
    after = last.id;
  }
}

function holdsNumbers(text: string): boolean {
  return personalNumbers(text).length > 0;
}

async function rowsOf(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  {
    shared,
    ids,
    passed,
  }: { readonly shared: readonly SharedRow[]; readonly ids: readonly number[]; readonly passed: number },
): Promise<NoticeRow[]> {
  const comments = await rowComments(db, ids);
  const sharedBy = new Map(shared.map((row) => [row.head, row]));
  const clausesOf = (comment: RowComment) => sharedBy.get(comment.id)?.clauseIds ?? [comment.clauseId];
  const nameOf = await clauseNames(db, consultation, words, comments.flatMap(clausesOf));
  return comments.map((comment, index) => {
    const { alike, channels } = sharedBy.get(comment.id) ?? { alike: 1, channels: { [comment.channel]: 1 } };
    const clause = clausesOf(comment).map(nameOf).join('、');
    return noticeRow({ ...comment, alike, channels, clause }, passed + index + 1, words);
  });
}

// A clause is cited as it was when the comment was made; where there are several versions, with its own.
async function clauseNames(
  db: Db,
  { id: consultationId }: PublishedConsultation,
  words: NoticeWords,
  clauseIds: readonly number[],
): Promise<(clauseId: number) => string> {
  const versions: readonly Version[] = await versionsOf(db, consultationId);
  const numbers = new Map(versions.map(({ id, version }) => [id, version]));
  const clauses = await rowClauses(db, [...new Set(clauseIds)]);
  return (clauseId) => {
    const { clause = '', draftId = 0 } = clauses.get(clauseId) ?? {};
    if (!clause) return words.wholeDraft;
    return versions.length > 1
      ? fill(words.clauseOfVersion, { clause, version: numbers.get(draftId) ?? 1 })
      : clause;
  };
}
