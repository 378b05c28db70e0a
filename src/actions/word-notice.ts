import { writeLedger } from '../db/ledger.ts';
import { insertWording, latestWordings } from '../db/notice-wordings.ts';
import { type Db, type Trx, transaction } from '../db/session.ts';
import { talliesOf } from '../db/tallies.ts';
import type { NoticeWords } from '../domain/feedback-notice.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { nextOwnPart } from '../domain/notice-parts.ts';
import { mostOwn, type OwnPlace, wordingIssues } from '../domain/notice-wording.ts';
import type { Officer } from '../domain/officer.ts';
import { totalsOf } from '../domain/tallies.ts';
import { type HeldNotice, holdNotice } from './hold-notice.ts';
import { currentParts } from './notice-text.ts';

interface By {
  readonly officer: Officer;
  readonly consultationId: number;
}

/**
 * Words one part of the notice, around its facts; `null` goes back to the standard words, or takes an officer's own
 * paragraph away. `seen` is the latest wording of the part that the officer read and `standard` its standard words.
 * Gives what is wrong with the words, or null. Throws RuleBroken `stale` when either is another by now or there is no
 * such part, `notClosed`, `noticeSigned`, `noticePublished`, `notAllowed`.
 */
export async function wordNotice(
  db: Db,
  input: By & {
    readonly part: string;
    readonly seen: number;
    readonly standard: string;
    readonly wording: string | null;
  },
  words: NoticeWords,
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  return transaction(db, async (trx) => {
    const held = await holdNotice(trx, input.officer, input.consultationId);
    const part = (await partsNow(trx, held, words)).find((each) => each.part === input.part);
    if (!part || part.latest !== input.seen || part.standard !== input.standard)
      throw new RuleBroken('stale');
    const issues = input.wording === null ? [] : wordingIssues(input.wording, part.standard, words.facts);
    if (issues.length > 0) return { issues };
    const wording = input.wording === part.standard ? '' : (input.wording ?? '');
    if (wording === part.written && part.state !== 'outdated') return null;
    await write(trx, input, { part: part.part, standard: part.standard, wording }, now);
    return null;
  });
}

/**
 * Adds a paragraph of the officer's own; the same words again add nothing. Gives what is wrong with it, or null. Throws
 * RuleBroken `notClosed`, `noticeSigned`, `noticePublished`, `notAllowed`.
 */
export async function addParagraph(
  db: Db,
  input: By & { readonly place: OwnPlace; readonly wording: string },
  words: NoticeWords,
  now: Date,
): Promise<{ readonly issues: Issue[] } | null> {
  return transaction(db, async (trx) => {
    await holdNotice(trx, input.officer, input.consultationId);
    const { place, wording } = input;
    const issues = wordingIssues(wording, '', words.facts);
    if (issues.length > 0) return { issues };
    const wordings = await latestWordings(trx, input.consultationId);
    const same = wordings.some((each) => each.part.startsWith(`${place}-`) && each.wording === wording);
    if (same) return null;
    const part = nextOwnPart(place, wordings);
    if (!part) return { issues: [{ field: 'wording', key: 'tooManyOwn', values: { limit: mostOwn } }] };
    await write(trx, input, { part, standard: '', wording }, now);
    return null;
  });
}

async function partsNow(trx: Trx, { consultation }: HeldNotice, words: NoticeWords) {
  return currentParts(
    trx,
    consultation,
    totalsOf(await talliesOf(trx, { consultationId: consultation.id })),
    words,
  );
}

async function write(
  trx: Trx,
  { officer, consultationId }: By,
  wording: { readonly part: string; readonly standard: string; readonly wording: string },
  now: Date,
): Promise<void> {
  const officerId = officer.id;
  await insertWording(trx, { ...wording, consultationId, officerId }, now);
  const detail = { noticePart: wording.part.replace(/-\d+$/, '') };
  await writeLedger(trx, { what: 'noticeWorded', consultationId, officer, detail }, now);
}
