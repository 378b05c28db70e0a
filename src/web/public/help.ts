import type { FastifyInstance } from 'fastify';
import { publicFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';

/** How to use the site, and how accessible it is. */
export function registerHelp(app: FastifyInstance, site: Site): void {
  app.get('/help', async (request, reply) => {
    const frame = publicFrame(request, site);
    const key = frame.large ? '/help?large' : '/help';
    await site.cache.send(request, reply, key, async () => ({
      html: await renderPage(app, 'public/help', { title: '使用说明', isHelp: true }, frame),
      validUntil: null,
    }));
    return reply;
  });
}
