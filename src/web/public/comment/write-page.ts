import type { FastifyReply } from 'fastify';
import type { Clause } from '../../../db/drafts.ts';
import { stances } from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { formState } from '../../forms.ts';
import { blockViews, nameOf } from '../blocks.ts';
import { subtree } from '../clause.ts';
import type { Choice } from '../shapes.ts';
import type { Opened } from './arrived.ts';
import { fieldsOf, namesAt } from './basket.ts';
import { choices } from './choices.ts';
import type { WritePage } from './contexts.ts';
import { nameIn } from './names.ts';
import { sendFormPage } from './send-page.ts';
import { sharedBy } from './shared.ts';

/**
 * Sends the page for writing the comment that the basket says, with a sentence for each issue (422). A clause that the
 * draft does not have is an issue, too.
 */
export function sendWritePage(form: Opened, issues: readonly Issue[] = []): Promise<FastifyReply> {
  const { site, draft, basket } = form;
  const index = basket.editing ?? 0;
  const clauses = draft?.clauses ?? [];
  const address = basket.comments[index]?.clause ?? '';
  const clause = clauses.find((each) => each.address === address);
  const unknown = address !== '' && !clause;
  const fields = namesAt(index);
  const nameAt = nameIn(draft, site.sentences);
  const told = unknown && issues.length === 0 ? [{ field: fields.clause, key: 'unknownClause' }] : issues;
  const takesQuotation = clause !== undefined || (basket.comments[index]?.quotation ?? '') !== '';
  const { clause: ofClause, ...written } = fields;
  const shown = [...Object.values(written), ...(unknown ? [ofClause] : [])];
  const page: WritePage & { title: string } = {
    title: titleOf(address, clause),
    ...sharedBy(form, `edit:${index}`, shown),
    form: formState(fieldsOf(basket), told, site.sentences),
    names: fields,
    about: clause ? { name: nameOf(clause), blocks: blockViews(subtree(clauses, clause), '') } : null,
    takesQuotation,
    clauses: unknown ? clauseChoices(clauses) : [],
    stances: choices(stances, site.sentences.stances),
    others: basket.comments.filter((_, at) => at !== index).map((other) => nameAt(other.clause)),
  };
  return sendFormPage(form, 'public/comment-write', page, told.length > 0 ? 422 : 200);
}

function titleOf(address: string, clause: Clause | undefined): string {
  if (address === '') return '对整个草案提意见';
  return clause ? `对${nameOf(clause)}提意见` : '提意见';
}

function clauseChoices(clauses: readonly Clause[]): Choice[] {
  const asked = blockViews(clauses, '?').filter((block) => block.askTo !== '');
  return [
    { value: '', label: '整个草案' },
    ...asked.map((block) => ({ value: block.id, label: block.name })),
  ];
}
