import type { Issue } from '../../../domain/issue.ts';
import type { Link } from '../../public/shapes.ts';
import type { Visit } from '../visit.ts';

/** The status of a page that came back with these issues. */
export function statusOf(issues: readonly Issue[]): number {
  if (issues.length === 0) return 200;
  return issues.some(({ key }) => key === 'locked') ? 429 : 422;
}

/** The way back from a page of the officer's own account. */
export function accountCrumbs({ site }: Visit): Link[] {
  const { home, account } = site.sentences.desk;
  return [
    { to: '/desk', text: home },
    { to: '/desk/account', text: account },
  ];
}
