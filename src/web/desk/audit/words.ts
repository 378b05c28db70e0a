import type { Deed } from '../../../db/ledger.ts';
import { fill } from '../../../domain/fill.ts';
import { officialDeadline, officialMinute } from '../../../domain/shanghai.ts';
import type { LinkKind } from '../../../domain/versions/map.ts';
import type { Sentences } from '../../../sentences.ts';
import { versionName } from '../versions/name.ts';

interface Written {
  readonly what: Deed;
  readonly detail: Readonly<Record<string, unknown>>;
  /** The name of the officer that it was done to; empty for none. */
  readonly about?: string;
}
type Words = (detail: Written['detail'], sentences: Sentences) => string;

/** What was done, in words, with what the ledger keeps of it. */
export function deedWords(entry: Written, sentences: Sentences): string {
  const detail = detailWords(entry, sentences);
  return sentences.ledger[entry.what] + (detail && `（${detail}）`);
}

/** What the ledger keeps of a deed, in words; empty when nothing. */
export function detailWords({ what, detail, about }: Written, sentences: Sentences): string {
  if (about) return about;
  const own = ownWords[what]?.(detail, sentences);
  return own ?? plainWords(detail, sentences);
}

const counted: Words = ({ count }, { desk }) => fill(desk.commentsCounted, { count: Number(count) });
const fileName: Words = ({ name }, { desk }) => String(name || desk.pasted);
const grouped: Words = ({ number, count, commentIds }, { desk }) => {
  const comments = Array.isArray(commentIds) ? commentIds.length : Number(count);
  return fill(desk.groupWords, { number: Number(number), count: comments });
};
const sessionsEnded: Words = ({ sessions }, { desk }) =>
  typeof sessions === 'number' && sessions > 0 ? fill(desk.sessionsCounted, { count: sessions }) : '';

// What is told apart by the deed: the same key means something else in another, or needs a word around it.
const ownWords: Partial<Record<Deed, Words>> = {
  handedOver: ({ to, count }, { desk }) => {
    const words = fill(desk.handedOverTo, { name: String(to) });
    return Number(count) > 0 ? fill(desk.withAssigned, { words, count: Number(count) }) : words;
  },
  commentsAssigned: ({ count, assignee }, { desk }) =>
    fill(desk.assignedWords, { count: Number(count), assignee: String(assignee) }),
  departmentKept: ({ name, nameBefore }, { desk }) =>
    nameBefore
      ? fill(desk.outcomeChanged, { before: String(nameBefore), after: String(name) })
      : String(name),
  departmentEnded: ({ name }) => String(name),
  namesExported: ({ comments, reason }, { desk }) =>
    fill(desk.exportedFor, { comments: Number(comments), reason: String(reason) }),
  commentsDisposed: (detail, sentences) =>
    listed(counted(detail, sentences), named(sentences.outcomes, detail['outcome'])),
  commentsScreened: (detail, sentences) =>
    listed(counted(detail, sentences), named(sentences.screenings, detail['verdict'])),
  dispositionTakenBack: ({ before, after }, { outcomes, desk }) =>
    fill(desk.outcomeChanged, {
      before: named(outcomes, before),
      after: named(outcomes, after) || desk.undisposed,
    }),
  groupConfirmed: grouped,
  groupExtended: grouped,
  groupDissolved: grouped,
  commentsGrouped: grouped,
  importAdded: fileName,
  importFailed: fileName,
  importDiscarded: fileName,
  importParsedAgain: fileName,
  publicationScheduled: ({ publishAt }) => officialMinute(new Date(String(publishAt))),
  correctionBegun: ({ notice }, { desk }) => fill(desk.noticeNumber, { number: Number(notice) }),
  correctionAbandoned: ({ notice }, { desk }) => fill(desk.noticeNumber, { number: Number(notice) }),
  noticeWorded: ({ noticePart }, { desk }) =>
    named(desk.noticeParts, noticePart) || named(desk.ownParagraphs, noticePart),
  mailLeft: ({ reason }, { desk }) => named(desk.setAside, reason),
  passwordChanged: sessionsEnded,
  passwordReset: sessionsEnded,
  sessionsEnded,
};

function plainWords(detail: Written['detail'], sentences: Sentences): string {
  const { desk, outcomes, channels } = sentences;
  const { before, after, channel, checked, version, linkAfter, count, letters, receiptNumber, submissions } =
    detail;
  const { reason, extendedTo } = detail;
  if (typeof reason === 'string') return reason;
  if (typeof extendedTo === 'string')
    return fill(desk.extendedTo, { closesAt: officialDeadline(new Date(extendedTo)) });
  if (typeof receiptNumber === 'string') return receiptNumber;
  if (typeof submissions === 'number') return fill(desk.submissionsCounted, { count: submissions });
  if (typeof version === 'number') return versionName(version, sentences);
  if (typeof linkAfter === 'string') return sentences.linkKinds[linkAfter as LinkKind];
  if (typeof letters === 'number') return fill(desk.lettersCounted, { count: letters });
  if (typeof count === 'number') return fill(desk.commentsCounted, { count });
  if (typeof after === 'string')
    return fill(before ? desk.outcomeChanged : desk.outcomeGiven, {
      before: named(outcomes, before),
      after: named(outcomes, after) || after,
    });
  if (typeof channel !== 'string') return '';
  const sentence = checked ? desk.channelTicked : desk.channelUnticked;
  return fill(sentence, { channel: named(channels, channel) || channel });
}

function named(names: Readonly<Record<string, string>>, key: unknown): string {
  return typeof key === 'string' ? (names[key] ?? '') : '';
}

function listed(...words: readonly string[]): string {
  return words.filter((each) => each !== '').join('，');
}
