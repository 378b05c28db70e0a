import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Deps } from '../../deps.ts';
import { RuleBroken } from '../../domain/issue.ts';
import { type Frame, type Look, publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import { askToWait, TooMany } from './rate-limit.ts';

type ErrorKind = keyof Deps['sentences']['errors'];

const kindByStatus: Readonly<Record<number, ErrorKind>> = {
  400: 'badRequest',
  403: 'forbidden',
  404: 'notFound',
  409: 'stale',
  413: 'tooLarge',
  415: 'badRequest',
  429: 'tooMany',
};

/** Every failure becomes a page in the site's language; what we did not foresee shows a reference number only. */
export function registerErrors(app: FastifyInstance, deps: Deps, look: Look): void {
  app.setNotFoundHandler((request, reply) =>
    sendError(request, reply, deps, publicFrame(request, look), 404),
  );
  app.setErrorHandler(async (error: Error & { statusCode?: number }, request, reply) => {
    const frame = publicFrame(request, look);
    if (error instanceof RuleBroken)
      return sendError(request, reply, deps, frame, 409, deps.sentences.rules[error.rule]);
    if (error instanceof TooMany)
      return sendError(request, reply, deps, frame, 429, askToWait(reply, error, deps.sentences));
    const status = error.statusCode ?? 500;
    if (status < 500) return sendError(request, reply, deps, frame, kindByStatus[status] ? status : 400);
    // Not the error itself: PostgreSQL's `detail` quotes the row, which may be a person's.
    request.log.error({ message: error.message, stack: error.stack }, 'unforeseen');
    return sendError(request, reply, deps, frame, 500);
  });
}

/** Sends the page of a failure; `text` says it more exactly than the status does. */
export function sendError(
  request: FastifyRequest,
  reply: FastifyReply,
  deps: Deps,
  frame: Frame,
  status: number,
  text?: string,
): Promise<FastifyReply> {
  const sentences = deps.sentences.errors[kindByStatus[status] ?? 'server'];
  const reference = status >= 500 ? request.id : '';
  const page = { title: sentences.title, text: text ?? sentences.text, reference };
  return sendPage(request, reply, 'public/error', page, frame, status);
}
