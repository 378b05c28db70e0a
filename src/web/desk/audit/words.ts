import type { Deed } from '../../../db/ledger.ts';
import { fill } from '../../../domain/fill.ts';
import { officialDeadline } from '../../../domain/shanghai.ts';
import type { LinkKind } from '../../../domain/versions/map.ts';
import type { Sentences } from '../../../sentences.ts';
import { versionName } from '../versions/versions.ts';

interface Written {
  readonly what: Deed;
  readonly detail: Readonly<Record<string, unknown>>;
}

/** What was done, in words, with what the ledger keeps of it. */
export function deedWords(entry: Written, sentences: Sentences): string {
  const detail = detailWords(entry.detail, sentences);
  return sentences.ledger[entry.what] + (detail && `（${detail}）`);
}

/** What the ledger keeps of a deed, in words; empty when nothing. */
export function detailWords(detail: Written['detail'], sentences: Sentences): string {
  const outcomes: Readonly<Record<string, string>> = sentences.outcomes;
  const channels: Readonly<Record<string, string>> = sentences.channels;
  const { before, after, channel, checked, version, linkAfter, count, letters, receiptNumber, submissions } =
    detail;
  const { reason, extendedTo, to, comments } = detail;
  if (typeof to === 'string') return fill(sentences.desk.handedOverTo, { name: to });
  if (typeof comments === 'number')
    return fill(sentences.desk.exportedFor, { comments, reason: String(reason) });
  if (typeof reason === 'string') return reason;
  if (typeof extendedTo === 'string')
    return fill(sentences.desk.extendedTo, { closesAt: officialDeadline(new Date(extendedTo)) });
  if (typeof receiptNumber === 'string') return receiptNumber;
  if (typeof submissions === 'number') return fill(sentences.desk.submissionsCounted, { count: submissions });
  if (typeof version === 'number') return versionName(version, sentences);
  if (typeof linkAfter === 'string') return sentences.linkKinds[linkAfter as LinkKind];
  if (typeof letters === 'number') return fill(sentences.desk.lettersCounted, { count: letters });
  if (typeof count === 'number') return fill(sentences.desk.commentsCounted, { count });
  if (typeof after === 'string')
    return fill(before ? sentences.desk.outcomeChanged : sentences.desk.outcomeGiven, {
      before: outcomes[String(before)] ?? '',
      after: outcomes[after] ?? after,
    });
  if (typeof channel !== 'string') return '';
  const sentence = checked ? sentences.desk.channelTicked : sentences.desk.channelUnticked;
  return fill(sentence, { channel: channels[channel] ?? channel });
}
