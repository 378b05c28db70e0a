import { channels } from './comment.ts';
import { outcomes } from './disposition.ts';
import type { NoticeWords } from './notice-words.ts';
import { type Day, officialDay, officialDeadline } from './shanghai.ts';
import { addsUp, type Totals } from './totals.ts';

export type { NoticeWords } from './notice-words.ts';

/** What came of a consultation; it decides which sentences the notice has. */
export const branches = ['nothingReceived', 'allAdopted', 'onlyUnrelated', 'mixed'] as const;
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
export function drawUpNotice(facts: NoticeFacts, totals: Totals, words: NoticeWords, date: Day): Notice {
  if (!addsUp(totals)) throw new Error('the totals of a feedback notice do not add up');
  const branch = branchOf(totals);
  const values = factValues(facts, totals);
  return {
    branch,
    title: fill(branch === 'nothingReceived' ? words.titleNothing : words.title, values),
    paragraphs: paragraphsOf(branch, facts, totals, words, values),
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
