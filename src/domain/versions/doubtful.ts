import type { ClauseLink } from './clause.ts';

const unlike = 0.6;

/**
 * True for the program's links that a person should look at first: split, merged, amended beyond likeness, deleted
 * with comments on the clause. What an officer chose is not doubtful.
 */
export function isDoubtful(link: ClauseLink, comments: number): boolean {
  if (link.by === 'officer') return false;
  if (link.kind === 'deleted') return comments > 0;
  return (
    link.kind === 'split' || link.kind === 'merged' || (link.kind === 'amended' && link.similarity < unlike)
  );
}
