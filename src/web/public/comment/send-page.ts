import type { FastifyReply } from 'fastify';
import { publicFrame } from '../../frame.ts';
import { type Pages, type PageTitle, renderPage } from '../../pages.ts';
import type { Opened } from './arrived.ts';
import type { CommentPage, CommentPages } from './contexts.ts';

/** The pages of the form itself. */
type FormView = {
  [V in keyof CommentPages]: CommentPages[V] extends CommentPage ? V : never;
}[keyof CommentPages];

/**
 * Sends a page of the form. The browser may keep it for its reader: were it `no-store`, going back to a page that
 * answered a form would find nothing.
 */
export async function sendFormPage<V extends FormView>(
  { request, reply, site }: Opened,
  view: V,
  page: Pages[V] & PageTitle,
  status: 200 | 422 = 200,
): Promise<FastifyReply> {
  // Another address would lose the words: these pages switch to large type by a button of their form.
  const frame = { ...publicFrame(request, site), switchHref: '' };
  const html = await renderPage(request.server, view, page, frame);
  reply.code(status).header('cache-control', 'private, no-cache').type('text/html; charset=utf-8');
  return reply.send(html);
}
