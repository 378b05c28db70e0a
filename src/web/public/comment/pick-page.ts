import type { FastifyReply } from 'fastify';
import { publicFrame } from '../../frame.ts';
import { sendPage } from '../../pages.ts';
import { blockViews, contentsOf } from '../blocks.ts';
import type { Opened } from './arrived.ts';
import type { PickPage } from './contexts.ts';
import { sharedBy } from './shared.ts';

/** Sends the whole draft with a button at each clause: for one more comment, or for the one being moved. */
export function sendPickPage(form: Opened): Promise<FastifyReply> {
  const { request, reply, site, draft, basket } = form;
  const moving = basket.editing;
  const verb = moving === null ? 'write' : 'moveTo';
  const blocks = blockViews(draft?.clauses ?? [], '?').map(({ askTo, ...block }) => ({
    ...block,
    askTo: '',
    askStep: askTo && `${verb}:${block.id}`,
  }));
  const page: PickPage & { title: string } = {
    title: moving === null ? '再提一条意见' : '换一条条款',
    ...sharedBy(form, []),
    blocks,
    contents: contentsOf(blocks),
    wholeDraft: `${verb}:`,
    moving,
    count: basket.comments.length,
  };
  return sendPage(request, reply, 'public/comment-pick', page, publicFrame(request, site));
}
