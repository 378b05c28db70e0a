import type { PublishedConsultation } from '../../../db/consultations.ts';
import {
  type PublishedComment,
  type PublishedPortion,
  publishedComments,
} from '../../../db/published-comments.ts';
import { fill } from '../../../domain/fill.ts';
import type { Site } from '../../site.ts';
import type { Link } from '../shapes.ts';
import type { ShownComment, ShownPortion } from './contexts.ts';
import { commentsAnchor } from './counts.ts';
import type { Standing } from './standing.ts';

const portionSize = 20;

/** Which comments a page shows. */
export interface Portion {
  readonly clauseIds: PublishedPortion['clauseIds'];
  /** The clause that the page is about, which its comments need not name; null for none. */
  readonly clauseId: number | null;
  readonly count: number;
  /** The page's own address. */
  readonly to: string;
  /** Only comments before this one; null for the latest. */
  readonly before: number | null;
}

/** A portion of the comments that readers see; undefined when there is none after `before`. */
export async function shownPortion(
  site: Site,
  { id, number }: PublishedConsultation,
  standing: Standing,
  { clauseIds, clauseId, count, to, before }: Portion,
): Promise<ShownPortion | undefined> {
  const limit = portionSize + 1;
  const found = await publishedComments(site.db, id, { clauseIds, where: standing.where, before, limit });
  if (before !== null && found.length === 0) return undefined;
  const comments = found.slice(0, portionSize);
  const base = `/consultations/${number}`;
  const earlier = found.length > portionSize ? `${to}?before=${comments.at(-1)?.id}${commentsAnchor}` : '';
  const isOwn = (comment: PublishedComment) => clauseId !== null && comment.clauseId === clauseId;
  return {
    count,
    comments: comments.map((comment) => ({
      ...shownComment(comment),
      about: isOwn(comment) ? null : aboutOf(site, standing, comment, base),
    })),
    earlierTo: earlier,
    latestTo: before === null ? '' : `${to}${commentsAnchor}`,
    allTo: clauseIds === 'all' ? '' : `${base}/comments`,
  };
}

/** Where to go on, as an address says it: the id of a comment, or null for anything else. */
export function beforeIn(asked: unknown): number | null {
  return typeof asked === 'string' && /^[1-9]\d{0,14}$/.test(asked) ? Number(asked) : null;
}

function shownComment(comment: PublishedComment): Omit<ShownComment, 'about'> {
  const { id, name, commenterKind, stance, receivedAt, text, proposedWording, quotation } = comment;
  return { id, name, commenterKind, stance, receivedAt, text, proposedWording, quotation };
}

/** The clause that a comment was made on, in the version that it was made on. */
function aboutOf(
  { sentences }: Site,
  { versions, names }: Standing,
  { clauseId, draftId }: PublishedComment,
  base: string,
): Link {
  const version = versions.find(({ id }) => id === draftId)?.version ?? 1;
  const clause = clauseId === null ? undefined : names.get(clauseId);
  const name = clause ? clause.citation || clause.heading || clause.address : sentences.aboutWholeDraft;
  const of = versions.length > 1 ? fill(sentences.versionName, { version }) : '';
  const place = clause ? `/clauses/${encodeURIComponent(clause.address)}` : '';
  return { to: `${base}/versions/${version}${place}`, text: of + name };
}
