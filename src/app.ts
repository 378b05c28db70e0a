import formbody from '@fastify/formbody';
import fastify, { type FastifyInstance, type FastifyPluginAsync, type FastifyRequest } from 'fastify';
import { publicVersion } from './db/public-version.ts';
import type { AppDeps, Deps } from './deps.ts';
import { registerDesk } from './web/desk/routes.ts';
import { createFormTokens } from './web/form-token.ts';
import { bareAddress, type Look } from './web/frame.ts';
import { keepPerVersion } from './web/kept.ts';
import { registerErrors } from './web/plugins/errors.ts';
import { createPageCache, shareWork } from './web/plugins/page-cache.ts';
import { registerRateLimit } from './web/plugins/rate-limit.ts';
import { registerSecurity } from './web/plugins/security.ts';
import { registerViews } from './web/plugins/views.ts';
import { registerPublic } from './web/public/routes.ts';
import { keepStandings } from './web/public/shown/standing.ts';
import type { Site } from './web/site.ts';
import { createSubmissionQueue } from './web/submission-queue.ts';

const largestForm = 20 * 1024 * 1024;
const mostFiles = 20;

/** Builds the application: every plugin and route, in the order they run. The caller listens and closes. */
export async function buildApp(deps: AppDeps): Promise<FastifyInstance> {
  const app = fastify({
    logger: logging(deps),
    genReqId: referenceNumbers(deps.random(4).toString('hex')),
    trustProxy: deps.config.trustProxy,
    rewriteUrl: (request) => bareAddress(request.url ?? '/'),
    bodyLimit: largestForm,
    connectionTimeout: 60_000,
    requestTimeout: 300_000, // 20 MB over a slow line, 50 MB over an ordinary one
    keepAliveTimeout: 10_000,
    return503OnClosing: true,
    routerOptions: { ignoreTrailingSlash: true, maxParamLength: 200 },
  });
  await registerSecurity(app, deps.config.publicUrl);
  const assets = await registerViews(app, deps.sentences);
  const look: Look = { assets, banner: trialBanner(deps) };
  registerErrors(app, deps, look);
  await app.register(formbody, { bodyLimit: largestForm });
  const rates = registerRateLimit(app, deps);

  const version = shareWork(deps.publicVersion);
  const site: Site = {
    ...deps,
    ...look,
    rates,
    cache: createPageCache(version, deps.clock),
    files: keepPerVersion(version, mostFiles),
    standingIn: keepStandings(deps.db),
    formTokens: createFormTokens(deps.config.secretKey, deps.clock, deps.random),
    submit: createSubmissionQueue(deps.db, deps.clock),
  };
  app.get('/healthz', async () => ({ version: await publicVersion(deps.db) }));
  const publicSide: FastifyPluginAsync = (scope) => registerPublic(scope, site);
  const desk: FastifyPluginAsync = (scope) => registerDesk(scope, site);
  await app.register(publicSide);
  await app.register(desk, { prefix: '/desk' });
  return app;
}

/** Numbers that no other process gives: what a person reads to us when something went wrong. */
function referenceNumbers(process: string): () => string {
  let count = 0;
  return () => {
    count += 1;
    return `${process}-${count}`;
  };
}

function trialBanner({ config, sentences }: Deps): string {
  if (config.clockStart) return sentences.site.trialClock;
  return config.sampleData ? sentences.site.trial : '';
}

// Addresses of receipts and of people stay out of the log: only the route's pattern is written.
function logging(deps: Deps) {
  return {
    level: deps.config.logLevel,
    serializers: {
      req: (request: FastifyRequest) => ({
        method: request.method,
        route: request.routeOptions?.url ?? '(none)',
      }),
    },
  };
}
