import type { FastifyInstance } from 'fastify';
import { RuleBroken } from '../../domain/issue.ts';
import type { Site } from '../site.ts';
import { sendKept } from './kept.ts';
import { sendNotFound } from './page.ts';
import { sendSignInAgain } from './sign-in.ts';

/** Failures at the desk that can be told better than by the site's own error pages; no word typed is lost. */
export function registerDeskErrors(app: FastifyInstance, site: Site): void {
  app.setErrorHandler(async (error: Error & { readonly code?: string }, request, reply) => {
    const call = { site, request, reply };
    if (error.code?.startsWith('FST_CSRF_'))
      return request.routeOptions.url === '/desk/sign-in'
        ? sendSignInAgain(call)
        : sendKept(call, 'sessionEnded');
    if (error instanceof RuleBroken && request.officer) return sendKept(call, error.rule);
    throw error;
  });
  app.setNotFoundHandler((request, reply) => sendNotFound({ site, request, reply }));
}
