import { type NoticePart, noticeParts } from './notice-parts.ts';
import type { Wording } from './notice-wording.ts';
import type { NoticeWords } from './notice-words.ts';
import type { Day } from './shanghai.ts';
import { agenciesIn } from './signature.ts';
import { addsUp, type Totals } from './totals.ts';

export type { NoticeWords } from './notice-words.ts';

/** What came of a consultation; it decides which sentences the notice has. */
export const branches = [
  'nothingReceived',
  'allWithdrawn',
  'allAdopted',
  'onlyUnrelated',
  'mixed',
  'consultationStopped',
  'draftDropped',
] as const;
export type Branch = (typeof branches)[number];

/** The facts a notice is bound to. */
export interface NoticeFacts {
  readonly agencyName: string;
  readonly agencyShort: string;
  readonly siteName: string;
  readonly purpose: string;
  /** Without 《》. */
  readonly draftName: string;
  readonly publishedOn: Day;
  readonly closesAt: Date;
  /** How many 类 the standing comments make; absent where each is one by itself. */
  readonly kinds?: number;
  /** When and why the consultation was stopped; absent unless it was. */
  readonly stopped?: { readonly at: Date; readonly reason: string };
  /** Why the draft is not pursued; absent unless it is dropped. */
  readonly dropped?: { readonly reason: string };
  /** What a further notice corrects, and why; absent on the first. */
  readonly correction?: { readonly sequence: number; readonly correctedOn: Day; readonly what: string };
}

/** The notice as it is shown, signed and printed; the rows of its table are apart (notice-row.ts). */
export interface Notice {
  readonly branch: Branch;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly totals: Totals;
  readonly signatures: readonly string[];
  readonly date: Day;
}

/**
 * Draws up the feedback notice. The same facts, totals, words and day always give the same notice.
 * Throws an Error when the numbers do not add up or a sentence asks for a fact that there is none of.
 */
export function drawUpNotice(
  facts: NoticeFacts,
  totals: Totals,
  words: NoticeWords,
  date: Day,
  wordings: readonly Wording[] = [],
): Notice {
  if (!addsUp(totals)) throw new Error('the totals of a feedback notice do not add up');
  const [title, ...paragraphs] = partsOf(facts, totals, words, wordings);
  return {
    branch: branchOf(totals, facts),
    title: (title?.text ?? '') + (facts.correction ? words.corrected : ''),
    paragraphs: paragraphs.map(({ text }) => text),
    totals,
    signatures: agenciesIn(facts.agencyName),
    date,
  };
}

/** The parts that a notice is made of, with the words around the facts, the title first. */
export function partsOf(
  facts: NoticeFacts,
  totals: Totals,
  words: NoticeWords,
  wordings: readonly Wording[],
): NoticePart[] {
  return noticeParts(branchOf(totals, facts), facts, totals, words, wordings);
}

/**
 * The branch that follows from the totals and from how it ended; comments not yet disposed of count as mixed, late ones
 * not at all.
 */
export function branchOf(totals: Totals, { dropped, stopped }: Partial<NoticeFacts> = {}): Branch {
  if (dropped) return 'draftDropped';
  if (stopped) return 'consultationStopped';
  if (totals.received.comments === 0) return 'nothingReceived';
  const standing = totals.received.comments - totals.withdrawn.comments;
  if (standing === 0) return 'allWithdrawn';
  if (totals.byOutcome.adopted === standing) return 'allAdopted';
  return totals.byOutcome.outOfScope === standing ? 'onlyUnrelated' : 'mixed';
}
