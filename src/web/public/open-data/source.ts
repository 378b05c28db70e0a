import type { PublishedConsultation } from '../../../db/consultations.ts';
import { type Clause, clausesOf } from '../../../db/drafts.ts';
import { signedRows } from '../../../db/notice-rows.ts';
import { type PublishedNotice, publishedNotice } from '../../../db/notices.ts';
import { type PublishedComment, publishedComments } from '../../../db/published-comments.ts';
import { publishedDispositions } from '../../../db/published-dispositions.ts';
import { type Version, versionsOf } from '../../../db/versions.ts';
import type { Disposition } from '../../../domain/disposition.ts';
import { fill } from '../../../domain/fill.ts';
import type { NoticeRow } from '../../../domain/notice-row.ts';
import { rowsAtOnce } from '../../exports/summary.ts';
import type { Site } from '../../site.ts';

/** A version of the draft with its clauses. */
export interface OpenDraft extends Version {
  readonly clauses: readonly Clause[];
}

/** A comment that everybody may read, without any name, and what the published notice says of it. */
export interface OpenComment extends Omit<PublishedComment, 'name'> {
  readonly disposition: Disposition | null;
}

/** What is open of an answered consultation: all that its pages show, but for names. Rows and comments are read once. */
export interface OpenData {
  readonly consultation: PublishedConsultation;
  readonly address: string;
  /** Under which terms it may be used. */
  readonly terms: string;
  readonly published: PublishedNotice;
  readonly drafts: readonly OpenDraft[];
  readonly rows: AsyncIterable<readonly NoticeRow[]>;
  readonly comments: AsyncIterable<readonly OpenComment[]>;
}

/** The same, or undefined before the notice is published. */
export async function openDataOf(
  { db, config, sentences }: Site,
  consultation: PublishedConsultation,
): Promise<OpenData | undefined> {
  const published = await publishedNotice(db, consultation.id);
  if (!published) return undefined;
  const address = `${config.publicUrl}/consultations/${consultation.number}`;
  const { agencyName } = consultation.announcement;
  const drafts = [];
  for (const version of await versionsOf(db, consultation.id))
    drafts.push({ ...version, clauses: await clausesOf(db, version.id) });
  return {
    ...{ consultation, address, published, drafts },
    terms: fill(sentences.openData.terms, { agency: agencyName, address }),
    rows: rowsOf(db, published),
    comments: commentsOf(db, consultation.id),
  };
}

async function* rowsOf(
  db: Site['db'],
  { signingId, rowCount }: PublishedNotice,
): AsyncGenerator<readonly NoticeRow[]> {
  for (let passed = 0; passed < rowCount; passed += rowsAtOnce)
    yield await signedRows(db, signingId, { passed, limit: rowsAtOnce });
}

async function* commentsOf(db: Site['db'], consultationId: number): AsyncGenerator<readonly OpenComment[]> {
  for (let before: number | null = null; ; ) {
    const portion = { clauseIds: 'all', before, limit: rowsAtOnce } as const;
    const found: PublishedComment[] = await publishedComments(db, consultationId, portion);
    const ids = found.map(({ id }) => id);
    const dispositions = await publishedDispositions(db, consultationId, ids);
    yield found.map(({ name: _name, ...comment }) => ({
      ...comment,
      disposition: dispositions.get(comment.id) ?? null,
    }));
    before = ids.at(-1) ?? null;
    if (ids.length < rowsAtOnce) return;
  }
}
