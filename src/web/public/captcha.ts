import type { FastifyInstance } from 'fastify';
import { captchaPicture } from '../captcha.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';

/** The picture of a captcha, until it is used or too old. */
export function registerCaptcha(app: FastifyInstance, site: Site): void {
  const config = limited('forms', site.limits.forms);
  app.get<{ Params: { id: string } }>('/captcha/:id.svg', { config }, async (request, reply) => {
    const picture = await captchaPicture(site, request.params.id);
    if (!picture) return reply.callNotFound();
    return reply.header('cache-control', 'no-store').type('image/svg+xml').send(picture);
  });
}
