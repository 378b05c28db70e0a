import type { AppDeps } from '../deps.ts';
import type { FormTokens } from './form-token.ts';
import type { Look } from './frame.ts';
import type { Keep } from './kept.ts';
import type { PageCache } from './plugins/page-cache.ts';
import type { RateLimits } from './plugins/rate-limit.ts';
import type { FindStanding } from './public/shown/standing.ts';
import type { Submit } from './submission-queue.ts';

/** What routes work with: the deps and what the application made of them. */
export interface Site extends AppDeps, Look {
  readonly rates: RateLimits;
  readonly cache: PageCache;
  /** Documents to download. */
  readonly files: Keep<Uint8Array>;
  readonly formTokens: FormTokens;
  readonly standingIn: FindStanding;
  readonly submit: Submit;
}
