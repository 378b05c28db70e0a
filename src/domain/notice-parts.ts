import { channels } from './comment.ts';
import { outcomes } from './disposition.ts';
import type { Branch, NoticeFacts } from './feedback-notice.ts';
import { fill } from './fill.ts';
import { filled, labelled, mostOwn, type OwnPlace, type Wording } from './notice-wording.ts';
import type { NoticeWords } from './notice-words.ts';
import { officialDay, officialDeadline } from './shanghai.ts';
import type { Totals } from './totals.ts';

/** The title or a paragraph of a notice: its standard words, the words that count, and what they say with the facts. */
export interface NoticePart {
  /** What its words are kept by: `title`, `asked`, …, `changes-1`. */
  readonly part: string;
  /** With a token for each fact; empty for an officer's own paragraph. */
  readonly standard: string;
  readonly words: string;
  readonly text: string;
  /** `outdated`: words were written for other standard words, which count until somebody looks at them. */
  readonly state: 'standard' | 'edited' | 'outdated' | 'own';
  /** The latest words an officer wrote for it: an id, 0 for none, and the words. */
  readonly latest: number;
  readonly written: string;
}

/** The parts of a notice in their order, the title first. */
export function noticeParts(
  branch: Branch,
  facts: NoticeFacts,
  totals: Totals,
  words: NoticeWords,
  wordings: readonly Wording[],
): NoticePart[] {
  const values = factValues(facts, totals, words);
  const latest = new Map(wordings.map((each) => [each.part, each]));
  const own = (place: OwnPlace) => ownParts(place, wordings);
  const parts = (list: readonly (readonly [string, string])[]) =>
    list
      .filter(([, sentence]) => sentence !== '')
      .map(([part, sentence]) => wordedPart(part, labelled(sentence, words.facts), latest.get(part)));
  const standing = totals.received.comments - totals.withdrawn.comments;
  return [
    ...parts([['title', titleOf(branch, words)]]),
    ...correctionParts(facts, words, latest),
    ...parts([
      ['asked', asked(facts, totals, words)],
      ['treated', (facts.kinds === undefined ? '' : words.kinds) + treated(branch, totals, words)],
      ['stopped', facts.stopped ? words.stopped : ''],
      ['dropped', facts.dropped ? words.dropped : ''],
    ]),
    ...own('changes'),
    ...parts([['next', next(branch, facts, totals, words)]]),
    ...own('next'),
    ...parts([
      ['table', standing > 0 ? words.tableFollows : ''],
      ['thanks', words.thanks],
    ]),
  ].map((part) => ({ ...part, text: filled(part.words, values, words.facts) }));
}

type Unfilled = Omit<NoticePart, 'text'>;

function wordedPart(part: string, standard: string, latest: Wording | undefined): Unfilled {
  const base = { part, standard, latest: latest?.id ?? 0, written: latest?.wording ?? '' };
  if (!latest?.wording) return { ...base, words: standard, state: 'standard' };
  const fits = latest.standard === standard;
  return { ...base, words: fits ? latest.wording : standard, state: fits ? 'edited' : 'outdated' };
}

function ownParts(place: OwnPlace, wordings: readonly Wording[]): Unfilled[] {
  return wordings
    .filter(({ part, wording }) => part.startsWith(`${place}-`) && wording !== '')
    .sort((a, b) => numberIn(a.part) - numberIn(b.part))
    .map(({ part, id, wording }) => ({
      ...{ part, standard: '', words: wording, state: 'own' as const, latest: id, written: wording },
    }));
}

/** The part that a further paragraph in this place would be, or undefined when there are enough. */
export function nextOwnPart(place: OwnPlace, wordings: readonly Wording[]): string | undefined {
  const there = wordings.filter(({ part }) => part.startsWith(`${place}-`));
  if (there.filter(({ wording }) => wording !== '').length >= mostOwn) return undefined;
  return `${place}-${Math.max(0, ...there.map(({ part }) => numberIn(part))) + 1}`;
}

function numberIn(part: string): number {
  return Number(part.slice(part.indexOf('-') + 1));
}

function titleOf(branch: Branch, words: NoticeWords): string {
  if (branch === 'draftDropped') return words.titleDropped;
  if (branch === 'consultationStopped') return words.titleStopped;
  return branch === 'nothingReceived' ? words.titleNothing : words.title;
}

// What a correction says is an officer's own, so its words are taken as they are.
function correctionParts(
  { correction }: NoticeFacts,
  words: NoticeWords,
  latest: ReadonlyMap<string, Wording>,
): Unfilled[] {
  if (!correction) return [];
  const part = `correction-${correction.sequence}`;
  return [wordedPart(part, labelled(words.correction, words.facts) + correction.what, latest.get(part))];
}

function asked(facts: NoticeFacts, totals: Totals, words: NoticeWords): string {
  const early = facts.stopped !== undefined && facts.stopped.at < facts.closesAt;
  return [
    facts.purpose ? words.purpose : '',
    early ? words.askedUntilStopped : words.asked,
    ...(totals.received.comments === 0 ? [words.nothingReceived] : [words.received, words.channels]),
    totals.late.comments > 0 ? words.late : '',
  ].join('');
}

function treated(branch: Branch, totals: Totals, words: NoticeWords): string {
  if (totals.received.comments === 0) return '';
  if (totals.received.comments === totals.withdrawn.comments) return words.allWithdrawn;
  const disposed = Object.values(totals.byOutcome).some((count) => count > 0);
  const ways: Partial<Record<Branch, string>> = {
    allAdopted: words.allAdopted,
    onlyUnrelated: words.onlyUnrelated,
  };
  const way = ways[branch] ?? (disposed ? words.outcomes : '');
  return way + (totals.withdrawn.comments > 0 ? words.withdrawn : '');
}

function next(branch: Branch, facts: NoticeFacts, totals: Totals, words: NoticeWords): string {
  if (facts.stopped || facts.dropped || branch === 'nothingReceived') return '';
  const { adopted, partlyAdopted } = totals.byOutcome;
  return adopted + partlyAdopted > 0 || totals.undisposed > 0 ? words.next : words.nextUnchanged;
}

function factValues(facts: NoticeFacts, totals: Totals, words: NoticeWords): Record<string, string | number> {
  const { kinds, stopped, dropped, correction } = facts;
  return {
    purpose: facts.purpose,
    agency: facts.agencyShort || facts.agencyName,
    publishedOn: officialDay(facts.publishedOn),
    site: facts.siteName,
    draftName: facts.draftName,
    closesAt: officialDeadline(facts.closesAt),
    submissions: totals.received.submissions,
    comments: totals.received.comments,
    channelCounts: channelCounts(totals, words),
    outcomeCounts: outcomeCounts(totals, words),
    withdrawnSubmissions: totals.withdrawn.submissions,
    withdrawnComments: totals.withdrawn.comments,
    lateSubmissions: totals.late.submissions,
    lateComments: totals.late.comments,
    ...(kinds === undefined ? {} : { kinds }),
    ...(stopped ? { stoppedAt: officialDeadline(stopped.at), stopReason: asClause(stopped.reason) } : {}),
    ...(dropped ? { dropReason: asClause(dropped.reason) } : {}),
    ...(correction ? { correctedOn: officialDay(correction.correctedOn) } : {}),
  };
}

function channelCounts(totals: Totals, words: NoticeWords): string {
  return channels
    .filter((channel) => totals.byChannel[channel].comments > 0)
    .map((channel) =>
      fill(words.channel, { name: words.channelNames[channel], ...totals.byChannel[channel] }),
    )
    .join('，');
}

function outcomeCounts(totals: Totals, words: NoticeWords): string {
  return outcomes
    .filter((outcome) => totals.byOutcome[outcome] > 0)
    .map((outcome) =>
      fill(words.outcome, { name: words.outcomeNames[outcome], comments: totals.byOutcome[outcome] }),
    )
    .join('，');
}

// It stands inside a sentence: lines become its parts, and the sentence brings the full stop.
function asClause(reason: string): string {
  const lines = reason.split('\n').map((line) => line.trim().replace(/[。．；;]+$/u, ''));
  return lines.filter((line) => line !== '').join('；');
}
