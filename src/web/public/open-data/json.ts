import type { NoticeRow } from '../../../domain/notice-row.ts';
import { dayOf } from '../../../domain/shanghai.ts';
import type { OpenComment, OpenData, OpenDraft } from './source.ts';

/** Names the shape of the file, as docs/open-data.md tells it; a change that readers would stumble over gets a new one. */
export const openDataFormat = 'jianyan-open-data/1';

/** Open data as JSON, in pieces; the long lists come last. */
export async function* openJson(data: OpenData): AsyncGenerator<string> {
  const { terms, drafts, published } = data;
  const { notice, sequence, publishedAt } = published;
  const { totals, ...said } = notice;
  const head = {
    ...{ format: openDataFormat, terms, consultation: consultationOf(data) },
    notice: { sequence, publishedAt, rows: published.rowCount, ...said },
    totals,
    drafts: drafts.map(draftOf),
  };
  yield `${JSON.stringify(head).slice(0, -1)},\n"outcomes":[`;
  yield* items(data.rows, outcomeOf);
  yield '],\n"comments":[';
  const names = clausesById(drafts);
  yield* items(data.comments, (comment) => commentOf(comment, names));
  yield ']}\n';
}

async function* items<T>(
  portions: AsyncIterable<readonly T[]>,
  made: (item: T) => object,
): AsyncGenerator<string> {
  let between = '\n';
  for await (const portion of portions) {
    if (portion.length === 0) continue;
    yield between + portion.map((item) => JSON.stringify(made(item))).join(',\n');
    between = ',\n';
  }
}

function consultationOf({ consultation, address }: OpenData): object {
  const { number, kind, announcement, publishedAt, opensAt, closesAt, withdrawnAt } = consultation;
  const { answeredAt, correctedAt } = consultation;
  const { title, agencyName: agency, draftName } = announcement;
  return {
    ...{ number, address, title, agency, draftName, kind },
    ...{ publishedAt, opensAt, closesAt, withdrawnAt, answeredAt, correctedAt },
  };
}

function draftOf({ version, title, note, createdAt, clauses }: OpenDraft): object {
  return {
    ...{ version, title, note, publishedAt: createdAt },
    clauses: clauses.map(({ address, kind, level, label, citation, heading, text, rows }) => ({
      ...{ address, kind, level, label, citation, heading, text, rows },
    })),
  };
}

// Not who sent it: not even a masked name.
function outcomeOf({ number, clause, text, channels, alike, outcome, reason }: NoticeRow): object {
  return { number, clause, text, comments: alike, channels, outcome, reason };
}

type Clauses = ReadonlyMap<
  number,
  { readonly version: number; readonly address: string; readonly citation: string }
>;

function commentOf(comment: OpenComment, clauses: Clauses): object {
  const { clauseId, draftId, stance, text, proposedWording, quotation, commenterKind, disposition } = comment;
  const clause = clauses.get(clauseId ?? -draftId);
  return {
    ...{ version: clause?.version ?? 1, clause: clause?.address ?? '', citation: clause?.citation ?? '' },
    ...{ stance, text, proposedWording, quotation, commenterKind },
    receivedOn: dayOf(comment.receivedAt),
    ...{ outcome: disposition?.outcome ?? null, reason: disposition?.reason ?? '' },
  };
}

/** Clauses by id, and whole drafts by their id below zero. */
function clausesById(drafts: readonly OpenDraft[]): Clauses {
  return new Map(
    drafts.flatMap(({ id: draftId, version, clauses }) => [
      [-draftId, { version, address: '', citation: '' }] as const,
      ...clauses.map(({ id, address, citation }) => [id, { version, address, citation }] as const),
    ]),
  );
}
