import type { Link } from './shapes.ts';

/** The first link of every trail. */
export const homeLink: Link = { to: '/', text: '征求意见' };

/** The comment form about one version of the draft of the consultation at `to`. */
export function formAt(to: string, version: number): string {
  return `${to}/comments/new?version=${version}`;
}
