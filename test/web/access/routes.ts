import diagnostics from 'node:diagnostics_channel';
import type { FastifyInstance } from 'fastify';

/** Every route, as `GET /desk`, of each application that is built after this file was loaded, whoever registers it. */
export const routes = new Set<string>();

diagnostics.subscribe('fastify.initialization', (message) => {
  const { fastify } = message as { readonly fastify: FastifyInstance };
  fastify.addHook('onRoute', ({ method, url }) => {
    for (const each of [method].flat()) if (each !== 'HEAD') routes.add(`${each} ${bare(url)}`);
  });
});

/** Without what a parameter must look like. */
function bare(url: string): string {
  return url.replace(/(:\w+)\([^/]*\)/g, '$1');
}
