import { spawn } from 'node:child_process';
import path from 'node:path';

const signals = ['SIGHUP', 'SIGINT', 'SIGTERM'] as const;

/**
 * Runs test files in a process below this one and ends as that ends. tap loads what it measures coverage with into each
 * process it starts, and that into each thread and process below: a tenth of the time of all tests.
 */
export function startLane(files: readonly string[]): void {
  const isOurs = (argument: string) => !argument.includes('@tapjs');
  const lane = [...process.execArgv.filter(isOurs), path.join(import.meta.dirname, 'run-lane.js'), ...files];
  const options = (process.env['NODE_OPTIONS'] ?? '').split(' ').filter(isOurs).join(' ');
  // By a shell, or it would put itself there again.
  const shell = ['-c', 'NODE_OPTIONS="$0" exec "$@"', options, process.execPath];
  const child = spawn('/bin/sh', [...shell, ...lane], { stdio: 'inherit' });
  for (const signal of signals) process.on(signal, () => child.kill(signal));
  child.once('exit', (code, signal) => {
    process.exitCode = code ?? 1;
    if (signal) console.error(`The process of these tests was ended by ${signal}.`);
  });
}
