import type { Clause, Draft } from '../../db/drafts.ts';
import { nameOf } from './blocks.ts';
import { homeLink } from './links.ts';
import type { Link } from './shapes.ts';
import type { ClausePage } from './version-contexts.ts';

/** The way from the list to a clause: consultation, version, and what the clause stands in. */
export function crumbsOf(
  draft: Draft,
  clause: Clause,
  draftName: string,
  to: string,
  base: string | null,
): Link[] {
  const above: Clause[] = [];
  for (let at = clause.parent; at !== null; at = above[0]?.parent ?? null) {
    const next = draft.clauses[at];
    if (!next) break;
    above.unshift(next);
  }
  const named = above.filter((each) => each.label + each.heading !== '');
  const versioned = base ? [{ to, text: `第${draft.version}稿` }] : [];
  const start = [homeLink, { to: base ?? to, text: draftName }, ...versioned];
  return [...start, ...named.map((each) => linkTo(each, to))];
}

function linkTo(clause: Clause, to: string): Link {
  return { to: `${to}/clauses/${encodeURIComponent(clause.address)}`, text: nameOf(clause) };
}

const unread = new Set<Clause['kind']>(['title', 'subtitle', 'documentNumber', 'contents', 'furniture']);

/** The clauses before and after it that stand on its own level; articles run on through all chapters. */
export function neighboursOf(
  clauses: readonly Clause[],
  clause: Clause,
  to: string,
): ClausePage['neighbours'] {
  const isArticle = clause.level === 'article';
  const beside = clauses.filter((each) =>
    isArticle ? each.level === 'article' : each.parent === clause.parent && !unread.has(each.kind),
  );
  const at = beside.indexOf(clause);
  const [previous, next] = [beside[at - 1], beside[at + 1]];
  return [
    ...(previous ? [{ ...linkTo(previous, to), rel: 'prev' as const }] : []),
    ...(next ? [{ ...linkTo(next, to), rel: 'next' as const }] : []),
  ];
}
