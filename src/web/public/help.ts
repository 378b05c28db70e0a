import type { FastifyInstance } from 'fastify';
import { keyIn, readingFrame } from '../frame.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';

/** How to use the site, and how accessible it is. */
export function registerHelp(app: FastifyInstance, site: Site): void {
  app.get('/help', async (request, reply) => {
    const frame = readingFrame(request, site);
    await site.cache.send(request, reply, keyIn(frame, '/help'), async () => ({
      html: await renderPage(app, 'public/help', { title: '使用说明', isHelp: true }, frame),
      validUntil: null,
    }));
    return reply;
  });
}
