import { fill } from '../../../domain/fill.ts';
import { type WorkKind, workKinds } from '../../../domain/work.ts';
import type { PageLink } from '../contexts.ts';
import { queryOf } from '../page.ts';
import type { Visit } from '../visit.ts';
import { isMine, type People } from './cards.ts';
import type { Matters } from './work.ts';

/** How much of one kind of work waits for this officer; the link shows that kind alone. */
export interface KindCount extends PageLink {
  readonly amount: string;
}

/** The kind of work that the address asks for, or undefined for all. */
export function kindIn({ request }: Visit): WorkKind | undefined {
  const asked = queryOf(request, 'work');
  return workKinds.find((kind) => kind === asked);
}

// Of these, the consultations are counted: their amounts are days.
const inDays: readonly WorkKind[] = ['feedbackOverdue', 'feedbackDue', 'closingSoon'];

/** My work by kind, added up over all consultations. */
export function kindCounts(visit: Visit, matters: readonly Matters[], people: People): KindCount[] {
  const { desk } = visit.site.sentences;
  const shown = kindIn(visit);
  return workKinds.flatMap((kind) => {
    const mine = matters.flatMap((each) =>
      each.work.filter((work) => work.kind === kind && isMine(visit, each, kind, people)),
    );
    if (mine.length === 0) return [];
    const count = inDays.includes(kind) ? mine.length : mine.reduce((sum, { amount }) => sum + amount, 0);
    const current = kind === shown;
    const to = current ? '/desk' : `/desk?work=${kind}`;
    return [{ to, text: desk.kinds[kind], amount: fill(desk.kindAmounts[kind], { count }), current }];
  });
}
