import { hrefIn, isLarge, scriptOf } from '../../frame.ts';
import { homeLink } from '../links.ts';
import type { Opened } from './arrived.ts';
import { fieldsOf } from './basket.ts';
import type { CommentPage } from './contexts.ts';
import { nameIn } from './names.ts';

/**
 * What every page of the form shows. `here` is the step that leads to the page; the fields that `shown` names stand
 * in its own controls and are not hidden.
 */
export function sharedBy(form: Opened, here: string, shown: readonly string[] = []): CommentPage {
  const { request, site, consultation, draft, basket } = form;
  const base = `/consultations/${consultation.number}`;
  const own = new Set(shown);
  // A clause is carried when it is empty, too: its field says that there is a comment.
  const isCarried = ([name, value]: readonly [string, string]) =>
    !own.has(name) && (value !== '' || name.startsWith('clause-'));
  return {
    crumbs: [homeLink, { to: base, text: consultation.announcement.draftName }],
    consultationTitle: consultation.announcement.title,
    closesAt: consultation.closesAt,
    postTo: `${base}/comments`,
    modeTo: hrefIn(!isLarge(request), `${base}/comments`, scriptOf(request)),
    here,
    carried: Object.entries(fieldsOf(basket))
      .filter(isCarried)
      .map(([name, value]) => ({ name, value })),
    removed: basket.removed ? nameIn(draft, site.sentences)(basket.removed.clause) : '',
  };
}
