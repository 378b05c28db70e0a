import { isMainThread } from 'node:worker_threads';

// Loaded before every test file of the pipeline (.ci/run).
if (isMainThread) {
  const { default: fc } = await import('fast-check');
  fc.configureGlobal({ seed: Number(process.env.TEST_SEED) });
}
