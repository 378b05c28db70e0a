import { channelsOfRows, clausesOfRows, countMergedRows, type RowClause } from '../db/alike-rows.ts';
import type { PublishedConsultation } from '../db/consultations.ts';
import {
  coveredTexts,
  insertNoticeRows,
  type RowHead,
  rowComments,
  rowHeads,
  unscreenedTexts,
} from '../db/notice-rows.ts';
import type { Db, Trx } from '../db/session.ts';
import { type Version, versionsOf } from '../db/versions.ts';
import type { NoticeWords } from '../domain/feedback-notice.ts';
import { fill } from '../domain/fill.ts';
import { type NoticeRow, noticeRow } from '../domain/notice-row.ts';
import { personalNumbers } from '../domain/personal-numbers.ts';
import { type Tally, unscreenedNumbers } from '../domain/tallies.ts';

/** Rows of the notice's table as the data have them now, after the first `passed`. */
export async function currentRows(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  { passed, limit }: { readonly passed: number; readonly limit: number },
): Promise<NoticeRow[]> {
  const heads = await rowHeads(db, consultation.id, { passed, limit });
  const shared = await sharedIn(db, consultation.id, heads);
  return rowsWith(db, consultation, words, { heads, passed, shared });
}

/**
 * All rows of the table as the data have them, in portions of `size` from their beginning. Where alike comments share
 * rows, which comments head one is found out once and kept; where none do, nothing is.
 */
export async function* currentPortions(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  size: number,
): AsyncGenerator<NoticeRow[]> {
  const isMerged = (await countMergedRows(db, consultation.id)) > 0;
  const all = isMerged ? await allHeads(db, consultation) : undefined;
  const shared = await sharedIn(db, consultation.id, all ?? []);
  for (let passed = 0; ; passed += size) {
    const limit = { passed, limit: size };
    const heads = all ? all.slice(passed, passed + size) : await rowHeads(db, consultation.id, limit);
    if (heads.length === 0) return;
    yield await rowsWith(db, consultation, words, { heads, passed, shared });
  }
}

function allHeads(db: Db, { id }: PublishedConsultation): Promise<RowHead[]> {
  return rowHeads(db, id, { passed: 0, limit: Number.MAX_SAFE_INTEGER });
}

const portion = 2_000;

/** Freezes the table of a notice under its signing, portion by portion; gives how many rows it has. */
export async function freezeRows(
  trx: Trx,
  consultation: PublishedConsultation,
  words: NoticeWords,
  signingId: number,
): Promise<number> {
  const all = await allHeads(trx, consultation);
  // Once for all of them: every group is gone through whole.
  const shared = await sharedIn(trx, consultation.id, all);
  for (let passed = 0; passed < all.length; passed += portion) {
    const heads = all.slice(passed, passed + portion);
    const rows = await rowsWith(trx, consultation, words, { heads, passed, shared });
    await insertNoticeRows(trx, signingId, rows);
  }
  return all.length;
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

type Shared = Awaited<ReturnType<typeof sharedIn>>;

/** Clauses and channels of the rows that stand for several comments. */
async function sharedIn(db: Db, consultationId: number, heads: readonly RowHead[]) {
  const merged = heads.flatMap((head) => (head.alike > 1 ? [head.id] : []));
  const clauses = await clausesOfRows(db, consultationId, merged);
  return { clauses, channels: await channelsOfRows(db, consultationId, merged) };
}

async function rowsWith(
  db: Db,
  consultation: PublishedConsultation,
  words: NoticeWords,
  portionOf: { readonly heads: readonly RowHead[]; readonly passed: number; readonly shared: Shared },
): Promise<NoticeRow[]> {
  const { heads, passed } = portionOf;
  const { clauses, channels } = portionOf.shared;
  const nameOf = await clauseNames(db, consultation, words);
  const alike = new Map(heads.map((head) => [head.id, head.alike]));
  const comments = await rowComments(db, [...alike.keys()]);
  return comments.map((comment, index) => {
    const clause = (clauses.get(comment.id) ?? [comment]).map(nameOf).join('、');
    const of = {
      alike: alike.get(comment.id) ?? 1,
      channels: channels.get(comment.id) ?? { [comment.channel]: 1 },
    };
    return noticeRow({ ...comment, ...of, clause }, passed + index + 1, words);
  });
}

// A clause is cited as it was when the comment was made; where there are several versions, with its own.
async function clauseNames(db: Db, { id }: PublishedConsultation, words: NoticeWords) {
  const versions: readonly Version[] = await versionsOf(db, id);
  const byId = new Map(versions.map((each) => [each.id, each.version]));
  return ({ clause, draftId }: RowClause): string => {
    if (!clause) return words.wholeDraft;
    return versions.length > 1
      ? fill(words.clauseOfVersion, { clause, version: byId.get(draftId) ?? 1 })
      : clause;
  };
}
