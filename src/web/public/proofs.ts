import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { confirmProof } from '../../actions/confirm-proof.ts';
import { proofByToken } from '../../db/mailed-proofs.ts';
import { hrefIn, isLarge, publicFrame, scriptOf } from '../frame.ts';
import { sendPage } from '../pages.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';

type Route = { Params: { token: string } };

/** The link in a letter. Opening it confirms nothing, since programs that look through mail open every link. */
export function registerProofs(app: FastifyInstance, site: Site): void {
  const config = limited('forms', site.limits.forms);
  app.get<Route>('/proofs/:token', { config }, async (request, reply) => {
    const confirmed = await proofByToken(site.db, request.params.token, site.clock());
    if (confirmed === undefined) return sendGone(request, reply, site);
    const view = confirmed ? 'public/proof-confirmed' : 'public/proof';
    const title = confirmed ? '已经确认' : '确认是您本人提交意见';
    const page = { title, postTo: `/proofs/${request.params.token}` };
    return sendPage(request, unlisted(reply), view, page, publicFrame(request, site));
  });
  app.post<Route>('/proofs/:token', { config }, async (request, reply) => {
    const { token } = request.params;
    if (!(await confirmProof(site.db, token, site.clock()))) return sendGone(request, reply, site);
    return reply.redirect(hrefIn(isLarge(request), `/proofs/${token}`, scriptOf(request)), 303);
  });
}

function sendGone(request: FastifyRequest, reply: FastifyReply, site: Site): Promise<FastifyReply> {
  const page = { title: '链接已经失效' };
  return sendPage(request, unlisted(reply), 'public/proof-gone', page, publicFrame(request, site), 404);
}

function unlisted(reply: FastifyReply): FastifyReply {
  return reply.header('x-robots-tag', 'noindex').header('referrer-policy', 'no-referrer');
}
