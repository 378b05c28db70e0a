import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { inScript } from '../script.ts';
import type { DeskPages } from './desk/contexts.ts';
import type { Frame } from './frame.ts';
import type { PublicPages } from './public/contexts.ts';

/** Every page with the context its template is rendered from; a test renders each. */
export interface Pages extends PublicPages, DeskPages {}
export type View = keyof Pages & string;

/** What every page says of itself, beside its own context. */
export interface PageTitle {
  /** The page's own title, without the site's name. */
  readonly title: string;
}

/**
 * Renders a page in its layout: the sheet for what is printed as an official document, else the ordinary page; a page
 * for reading in the script that is asked for.
 */
export async function renderPage<V extends View>(
  app: FastifyInstance,
  view: V,
  page: Pages[V] & PageTitle,
  frame: Frame,
): Promise<string> {
  const layout = view.startsWith('sheets/') ? 'layouts/sheet' : 'layouts/page';
  const html: string = await app.view(view, { ...page, frame }, { layout });
  return frame.scripts && frame.script ? inScript(html, frame.script) : html;
}

/** Sends a page that is made for one reader and must not be kept by anyone. */
export async function sendPage<V extends View>(
  request: FastifyRequest,
  reply: FastifyReply,
  view: V,
  page: Pages[V] & PageTitle,
  frame: Frame,
  status = 200,
): Promise<FastifyReply> {
  const html = await renderPage(request.server, view, page, frame);
  return reply.code(status).header('cache-control', 'no-store').type('text/html; charset=utf-8').send(html);
}
