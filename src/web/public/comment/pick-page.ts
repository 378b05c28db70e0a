import type { FastifyReply } from 'fastify';
import { blockViews, contentsOf } from '../blocks.ts';
import type { BlockView } from '../shapes.ts';
import type { Opened } from './arrived.ts';
import type { PickPage } from './contexts.ts';
import { sendFormPage } from './send-page.ts';
import { sharedBy } from './shared.ts';

/** Sends the whole draft with a button at each clause: for one more comment, or for the one that is to be moved. */
export function sendPickPage(form: Opened): Promise<FastifyReply> {
  const { draft, basket } = form;
  const moving = basket.editing === null ? null : { index: basket.editing };
  const blocks = blockViews(draft?.clauses ?? [], '?').map((block) => withButton(block, form));
  const page: PickPage & { title: string } = {
    title: moving === null ? '选一条，提意见' : '这条意见换到哪一条',
    ...sharedBy(form, moving === null ? 'pick' : 'move'),
    blocks,
    contents: contentsOf(blocks),
    moving,
    count: basket.comments.length,
  };
  return sendFormPage(form, 'public/comment-pick', page);
}

function withButton(block: BlockView, { basket }: Opened): BlockView {
  if (block.askTo === '') return block;
  if (basket.editing !== null)
    return { ...block, askTo: '', askStep: `moveTo:${block.id}`, askText: '换到本条' };
  const isWritten = basket.comments.some((comment) => comment.clause === block.id);
  const askText = isWritten ? '再对本条提意见' : '对本条提意见';
  return { ...block, askTo: '', askStep: `write:${block.id}`, askText };
}
