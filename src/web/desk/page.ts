import type { FastifyReply, FastifyRequest } from 'fastify';
import { asWritten, type Frame, hrefIn, isLarge, withoutLarge } from '../frame.ts';
import { type Pages, type PageTitle, sendPage } from '../pages.ts';
import { csrfToken } from '../plugins/desk-session.ts';
import type { Link } from '../public/shapes.ts';
import type { Site } from '../site.ts';
import type { DeskContents } from './contexts.ts';
import { deedsMeanwhile } from './meanwhile.ts';

/** One request to the desk, by whomever. */
export interface Call {
  readonly site: Site;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

/**
 * Sends a desk page; what was just done is said when the address asks for it (`?done=`), and on a page that went stale
 * what others did.
 */
export async function sendDesk<V extends keyof DeskContents>(
  call: Call,
  view: V,
  page: DeskContents[V] & PageTitle & { readonly crumbs?: readonly Link[] },
  status = 200,
): Promise<FastifyReply> {
  const { request, reply } = call;
  const done = status === 200 && request.method === 'GET' ? doneSentence(call) : '';
  const meanwhile = status === 409 ? await deedsMeanwhile(call) : [];
  const whole = { crumbs: homeCrumbs(call), done, meanwhile, ...page } as unknown as Pages[V] & PageTitle;
  return sendPage(request, reply, view, whole, frameOf(call), status);
}

/** Goes on to a page of the desk after a form, in the mode of the page that sent it. */
export function goTo(call: Call, path: string): FastifyReply {
  return call.reply.redirect(hrefIn(isLarge(call.request), path), 303);
}

/** Says that there is nothing here, without saying whether another agency has it. */
export function sendNotFound(call: Call): Promise<FastifyReply> {
  const { title, text } = call.site.sentences.errors.notFound;
  return sendDesk(call, 'desk/message', { title, text, back: backHome(call) }, 404);
}

/** Says that a page or a deed is not for this officer. */
export function refuse(call: Call): Promise<FastifyReply> {
  const { refused } = call.site.sentences.desk;
  return sendDesk(call, 'desk/message', { ...refused, back: backHome(call) }, 403);
}

/** The number in an address such as `/consultations/12`, or undefined. */
export function idIn(request: FastifyRequest, name: string): number | undefined {
  const value = (request.params as Readonly<Record<string, string>>)[name] ?? '';
  return /^[1-9]\d{0,14}$/.test(value) ? Number(value) : undefined;
}

/** A value of the address's query, empty when missing. */
export function queryOf(request: FastifyRequest, name: string): string {
  const value = (request.query as Readonly<Record<string, unknown>>)[name];
  return typeof value === 'string' ? value : '';
}

/** The frame of a desk page. */
export function frameOf({ site, request, reply }: Call): Frame {
  const large = isLarge(request);
  return {
    ...asWritten,
    large,
    switchHref: hrefIn(!large, withoutLarge(request.originalUrl)),
    area: 'desk',
    officer: request.officer,
    csrf: csrfToken(reply),
    assets: site.assets,
    banner: site.banner,
  };
}

function doneSentence({ site, request }: Call): string {
  const sentences: Readonly<Record<string, string>> = site.sentences.done;
  const key = queryOf(request, 'done');
  return Object.hasOwn(sentences, key) ? (sentences[key] ?? '') : '';
}

/** The way on from a page that leads nowhere: to the desk's home, or to sign in. */
export function backHome({ request, site }: Call): Link {
  const { backToDesk, signIn } = site.sentences.desk;
  return request.officer ? { to: '/desk', text: backToDesk } : { to: '/desk/sign-in', text: signIn };
}

function homeCrumbs({ request, site }: Call): Link[] {
  return request.officer ? [{ to: '/desk', text: site.sentences.desk.home }] : [];
}
