import type { FastifyReply } from 'fastify';
import type { Clause } from '../../../db/drafts.ts';
import { stances } from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { formState } from '../../forms.ts';
import { publicFrame } from '../../frame.ts';
import { sendPage } from '../../pages.ts';
import { blockViews, nameOf } from '../blocks.ts';
import { subtree } from '../clause.ts';
import type { Choice } from '../shapes.ts';
import type { Opened } from './arrived.ts';
import { fieldsOf } from './basket.ts';
import { choices } from './choices.ts';
import type { WritePage } from './contexts.ts';
import { sharedBy } from './shared.ts';

/**
 * Sends the page for writing the comment that the basket says, with a sentence for each issue (422). A clause that the
 * draft does not have is an issue, too.
 */
export function sendWritePage(form: Opened, issues: readonly Issue[] = []): Promise<FastifyReply> {
  const { request, reply, site, draft, basket } = form;
  const index = basket.editing ?? 0;
  const clauses = draft?.clauses ?? [];
  const address = basket.comments[index]?.clause ?? '';
  const clause = clauses.find((each) => each.address === address);
  const unknown = address !== '' && !clause;
  const names = namesAt(index);
  const told = unknown && issues.length === 0 ? [{ field: names.clause, key: 'unknownClause' }] : issues;
  const { clause: ofClause, ...written } = names;
  const shown = [...Object.values(written), ...(unknown ? [ofClause] : [])];
  const page: WritePage & { title: string } = {
    title: '提意见',
    ...sharedBy(form, shown),
    form: formState(fieldsOf(basket), told, site.sentences),
    names,
    about: clause ? { name: nameOf(clause), blocks: blockViews(subtree(clauses, clause), '') } : null,
    clauses: unknown ? clauseChoices(clauses) : [],
    stances: choices(stances, site.sentences.stances),
    others: basket.comments.length - 1,
  };
  const status = told.length > 0 ? 422 : 200;
  return sendPage(request, reply, 'public/comment-write', page, publicFrame(request, site), status);
}

function namesAt(index: number): WritePage['names'] {
  return {
    clause: `clause-${index}`,
    stance: `stance-${index}`,
    text: `text-${index}`,
    proposedWording: `proposedWording-${index}`,
    quotation: `quotation-${index}`,
  };
}

function clauseChoices(clauses: readonly Clause[]): Choice[] {
  const asked = blockViews(clauses, '?').filter((block) => block.askTo !== '');
  return [
    { value: '', label: '整个草案' },
    ...asked.map((block) => ({ value: block.id, label: block.name })),
  ];
}
