import { comparedTexts, forgetCompared, keepCompared } from '../db/compared-texts.ts';
import { clausesOf } from '../db/drafts.ts';
import {
  endSearch,
  giveSearchBack,
  type LeasedSearch,
  queueClosedSearches,
  type SearchEnd,
  searchGotOn,
  takeNextSearch,
} from '../db/group-queue.ts';
import { membershipsOf } from '../db/memberships.ts';
import { type Db, transaction } from '../db/session.ts';
import {
  comparedRows,
  countReceived,
  forgetEarlier,
  forgetSuggestions,
  insertSuggestions,
  textsOfCompared,
} from '../db/suggested-groups.ts';
import { versionsOf } from '../db/versions.ts';
import type { Grouper, SearchNotes, SentComment } from '../domain/groups/grouper.ts';
import type { ComparedPart } from '../domain/groups/leaders.ts';
import { type SuggestedGroup, suggestedPortions, suggestionsOf } from '../domain/groups/suggest.ts';

const leaseMs = 180_000;
const commentsAtOnce = 1_000;
const membersAtOnce = 2_000;
// What ends its thread each time must not do so for ever.
const mostAttempts = 4;
/** Percents at which reading, comparing and storing end. */
const [readTo, comparedTo] = [15, 85];

/** What the search for alike comments needs beside the database. */
export interface GroupTools {
  readonly grouper: Grouper;
  readonly clock: () => Date;
}

/**
 * Searches for alike comments where a search waits, and where a consultation has closed. Several processes may do so at
 * once; one that dies leaves its search to the next, which compares what was not compared yet. Gives how many searches it ended.
 */
export async function workOnGroups(db: Db, tools: GroupTools): Promise<number> {
  await queueClosedSearches(db, tools.clock());
  for (let count = 0; ; count += 1) {
    const lease = await takeNextSearch(db, tools.clock(), leaseMs);
    if (!lease) return count;
    const work = workOf(db, tools, lease);
    try {
      await (lease.attempts > mostAttempts ? work.fail() : search(db, tools, lease, work));
    } catch (error) {
      await giveSearchBack(db, work.lease());
      throw error;
    }
  }
}

type Work = ReturnType<typeof workOf>;

// Every step holds the lease on; a step that finds it lost ends the work.
function workOf(db: Db, { clock }: GroupTools, first: LeasedSearch) {
  let lease: LeasedSearch = first;
  let isLost = false;
  const gotOn = async (percent: number): Promise<boolean> => {
    const until = new Date(clock().getTime() + leaseMs);
    const next = isLost ? undefined : await searchGotOn(db, lease, Math.floor(percent), until);
    isLost = next === undefined;
    lease = next ?? lease;
    return !isLost;
  };
  const end = async (how: SearchEnd) => {
    await transaction(db, async (trx) => {
      const isOurs = await endSearch(trx, lease, how, clock());
      if (isOurs && how.state === 'done') await forgetEarlier(trx, lease.id, lease.consultationId);
      if (isOurs) await forgetCompared(trx, lease.id);
    });
  };
  return {
    lease: () => lease,
    gotOn,
    finish: (comments: number, passedOver: number) => end({ state: 'done', comments, passedOver }),
    fail: () => end({ state: 'failed', comments: 0, passedOver: 0 }),
  };
}

async function search(
  db: Db,
  { grouper }: GroupTools,
  { id, consultationId }: LeasedSearch,
  work: Work,
): Promise<void> {
  const all = Math.max(1, await countReceived(db, consultationId));
  let read = 0;
  const portions = portionsOf(db, consultationId, async (count) => {
    read += count;
    await work.gotOn(readTo * Math.min(1, read / all));
  });
  const notes = notesOf(db, id, work);
  // What was compared before it broke off is kept before the search is given back.
  const comments = { portions, texts: (ids: readonly number[]) => textsOfCompared(db, ids) };
  const finding = grouper.find(comments, await clauseTexts(db, consultationId), notes);
  const { groups, passedOver } = await finding.finally(notes.areKept);
  if (!(await notes.areKept())) return;
  const suggestions = suggestionsOf(groups, await membershipsOf(db, consultationId));
  await transaction(db, (trx) => forgetSuggestions(trx, id));
  if (await storeSuggestions(db, id, suggestions, work)) await work.finish(read, passedOver);
}

// What is compared is kept beside the comparing, part by part.
function notesOf(db: Db, searchId: number, work: Work): SearchNotes & { areKept(): Promise<boolean> } {
  let [mark, keeping] = ['', Promise.resolve(true)];
  const keepPart = async (part: ComparedPart) => {
    await keepCompared(db, { searchId, mark }, part);
    return work.gotOn(readTo + part.share * (comparedTo - readTo));
  };
  return {
    kept: (of) => {
      mark = of;
      return comparedTexts(db, searchId, mark);
    },
    keep: (part) => {
      // Whether the lease still holds is asked again when all is compared.
      keeping = keeping.then(() => keepPart(part)).catch(() => true);
    },
    areKept: () => keeping,
  };
}

async function* portionsOf(
  db: Db,
  consultationId: number,
  onPortion: (count: number) => Promise<void>,
): AsyncGenerator<SentComment[]> {
  for (let after = 0; ; ) {
    const rows = await comparedRows(db, consultationId, after, commentsAtOnce);
    if (rows.length > 0) yield rows;
    await onPortion(rows.length);
    if (rows.length < commentsAtOnce) return;
    after = rows.at(-1)?.id ?? after;
  }
}

async function clauseTexts(db: Db, consultationId: number): Promise<Map<number, string>> {
  const texts = new Map<number, string>();
  for (const version of await versionsOf(db, consultationId))
    for (const { id, text } of await clausesOf(db, version.id)) texts.set(id, text);
  return texts;
}

// Portion by portion, so that nobody waits long for the database, and however large a group is; nothing is seen of it
// before the search has ended.
async function storeSuggestions(
  db: Db,
  searchId: number,
  groups: readonly SuggestedGroup[],
  work: Work,
): Promise<boolean> {
  const all = groups.reduce((sum, { ids }) => sum + ids.length, 0);
  let stored = 0;
  for (const portion of suggestedPortions(groups, membersAtOnce)) {
    if (!(await work.gotOn(comparedTo + ((100 - comparedTo) * stored) / all))) return false;
    await transaction(db, (trx) => insertSuggestions(trx, searchId, portion));
    stored += portion.reduce((sum, { ids }) => sum + ids.length, 0);
  }
  return true;
}
