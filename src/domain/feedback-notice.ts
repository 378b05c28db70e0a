import { type Channel, type CommenterKind, type Consent, channels, maskName } from './comment.ts';
import { type Outcome, outcomes } from './disposition.ts';
import type { NoticeWords } from './notice-words.ts';
import type { ScreeningState } from './screening.ts';
import { type Day, officialDay, officialDeadline } from './shanghai.ts';
import { addsUp, countTotals, type Totals } from './totals.ts';

export type { NoticeWords } from './notice-words.ts';

/** What came of a consultation; it decides which sentences the notice has. */
export const branches = ['nothingReceived', 'allAdopted', 'onlyUnrelated', 'mixed'] as const;
export type Branch = (typeof branches)[number];

/** One comment with all that the notice needs to know of it. */
export interface NoticeComment {
  readonly submissionId: number;
  readonly channel: Channel;
  /** Dated at the closing or after it: told as a number, without a row. */
  readonly late: boolean;
  readonly withdrawn: boolean;
  readonly outcome: Outcome | null;
  readonly reason: string;
  /** The clause as readers cite it (`第七条`); empty for the whole draft. */
  readonly clause: string;
  /** As it may be published: with passages covered. */
  readonly text: string;
  readonly screening: ScreeningState;
  readonly commenterKind: CommenterKind;
  readonly name: string;
  readonly consent: Consent;
}

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
  readonly comments: readonly NoticeComment[];
}

export interface NoticeRow {
  readonly number: number;
  readonly clause: string;
  readonly text: string;
  readonly commenter: string;
  readonly outcome: Outcome | null;
  readonly reason: string;
}

/** The notice as it is shown, signed and printed. */
export interface Notice {
  readonly branch: Branch;
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly NoticeRow[];
  readonly totals: Totals;
  readonly signatures: readonly string[];
  readonly date: Day;
}

/**
 * Draws up the feedback notice. The same facts, words and day always give the same notice.
 * Throws an Error when the numbers do not add up or a sentence asks for a fact that there is none of.
 */
export function drawUpNotice(facts: NoticeFacts, words: NoticeWords, date: Day): Notice {
  const totals = countTotals(facts.comments);
  if (!addsUp(totals)) throw new Error('the totals of a feedback notice do not add up');
  const branch = branchOf(totals);
  const values = factValues(facts, totals);
  return {
    branch,
    title: fill(branch === 'nothingReceived' ? words.titleNothing : words.title, values),
    paragraphs: paragraphsOf(branch, facts, totals, words, values),
    rows: rowsOf(facts.comments, words),
    totals,
    signatures: [facts.agencyName],
    date,
  };
}

/** The branch that follows from the totals; comments not yet disposed of count as mixed, late ones not at all. */
export function branchOf(totals: Totals): Branch {
  if (totals.received.comments === 0) return 'nothingReceived';
  const standing = totals.received.comments - totals.withdrawn.comments;
  if (standing > 0 && totals.byOutcome.adopted === standing) return 'allAdopted';
  if (standing > 0 && totals.byOutcome.outOfScope === standing) return 'onlyUnrelated';
  return 'mixed';
}

function paragraphsOf(
  branch: Branch,
  facts: NoticeFacts,
  totals: Totals,
  words: NoticeWords,
  values: Readonly<Record<string, string | number>>,
): string[] {
  const asked = (facts.purpose ? fill(words.purpose, values) : '') + fill(words.asked, values);
  const late = totals.late.comments > 0 ? fill(words.late, values) : '';
  if (branch === 'nothingReceived') return [asked + words.nothingReceived + late, words.thanks];
  const paragraphs = [asked + fill(words.received, values) + channelSentence(totals, words) + late];
  paragraphs.push(outcomeSentence(branch, totals, words) + withdrawnSentence(totals, words, values));
  paragraphs.push(fill(words.next, values), words.tableFollows, words.thanks);
  return paragraphs.filter((paragraph) => paragraph !== '');
}

function channelSentence(totals: Totals, words: NoticeWords): string {
  const used = channels.filter((channel) => totals.byChannel[channel].comments > 0);
  const list = used.map((channel) =>
    fill(words.channel, { name: words.channelNames[channel], ...totals.byChannel[channel] }),
  );
  return fill(words.channels, { list: list.join('，') });
}

function outcomeSentence(branch: Branch, totals: Totals, words: NoticeWords): string {
  if (branch === 'allAdopted') return words.allAdopted;
  if (branch === 'onlyUnrelated') return words.onlyUnrelated;
  const used = outcomes.filter((outcome) => totals.byOutcome[outcome] > 0);
  const list = used.map((outcome) =>
    fill(words.outcome, { name: words.outcomeNames[outcome], comments: totals.byOutcome[outcome] }),
  );
  return list.length > 0 ? fill(words.outcomes, { list: list.join('，') }) : '';
}

function withdrawnSentence(
  totals: Totals,
  words: NoticeWords,
  values: Readonly<Record<string, string | number>>,
): string {
  return totals.withdrawn.comments > 0 ? fill(words.withdrawn, values) : '';
}

function rowsOf(comments: readonly NoticeComment[], words: NoticeWords): NoticeRow[] {
  return comments
    .filter((comment) => !comment.withdrawn && !comment.late)
    .map((comment, index) => ({
      number: index + 1,
      clause: comment.clause || words.wholeDraft,
      text: textOf(comment, words),
      commenter: commenterOf(comment, words),
      outcome: comment.outcome,
      reason: comment.reason,
    }));
}

function textOf(comment: NoticeComment, words: NoticeWords): string {
  if (isPrinted(comment)) return comment.text;
  return comment.consent === 'no' ? words.withheld : words.hidden;
}

/** True when a notice prints the text of a comment: it has a row, its sender agreed, and screening did not hide it. */
export function isPrinted({ late, withdrawn, consent, screening }: NoticeComment): boolean {
  return !late && !withdrawn && consent !== 'no' && screening !== 'hidden';
}

function commenterOf(comment: NoticeComment, words: NoticeWords): string {
  if (comment.consent !== 'withName' || !comment.name) return words.anonymous[comment.commenterKind];
  return comment.commenterKind === 'organisation' ? comment.name : maskName(comment.name);
}

function factValues(facts: NoticeFacts, totals: Totals): Record<string, string | number> {
  return {
    purpose: facts.purpose,
    agency: facts.agencyShort || facts.agencyName,
    publishedOn: officialDay(facts.publishedOn),
    site: facts.siteName,
    draftName: facts.draftName,
    closesAt: officialDeadline(facts.closesAt),
    submissions: totals.received.submissions,
    comments: totals.received.comments,
    withdrawnSubmissions: totals.withdrawn.submissions,
    withdrawnComments: totals.withdrawn.comments,
    lateSubmissions: totals.late.submissions,
    lateComments: totals.late.comments,
  };
}

/** Puts values in the place of `{name}`; throws an Error for a name without a value. */
export function fill(sentence: string, values: Readonly<Record<string, string | number>>): string {
  return sentence.replace(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value for {${name}}`);
    return String(value);
  });
}
