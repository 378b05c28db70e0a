import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { root } from '../src/root.ts';

const run = promisify(execFile);
const connections = { reading: 32 };
/** How long a leg of reading takes, in seconds. */
export const legSeconds = 4;

/** One leg of reading: requests a second. Throws when any answer was not a 2xx. */
export async function read(url: string): Promise<number> {
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections.reading}`,
    `-d${legSeconds}s`,
    '-H',
    'Accept-Encoding: gzip',
    url,
  ]);
  if (/Non-2xx|Socket errors/.test(stdout)) throw new Error(`${url} failed under load:\n${stdout}`);
  return Number(/Requests\/sec:\s+([\d.]+)/.exec(stdout)?.[1]);
}

/** What one leg of submitting gave: answers by status, and 303s a second. */
export interface Submitted {
  readonly byStatus: Readonly<Record<string, number>>;
  readonly perSecond: number;
}

/** Sends every form of a file once (a line each: address, tab, body) over so many connections; waits for every answer. */
export async function submit(url: string, formsFile: string, connections = 16): Promise<Submitted> {
  const script = path.join(root, 'bench/forms.lua');
  const { stdout } = await run('wrk', [
    '-t1',
    `-c${connections}`,
    '-d300s',
    '--timeout',
    '60s',
    '-s',
    script,
    url,
    '--',
    formsFile,
  ]);
  const [, line] = /^RESULT (.*)$/m.exec(stdout) ?? [];
  if (line === undefined || /Socket errors/.test(stdout)) throw new Error(`${url} failed:\n${stdout}`);
  const { statuses, seconds: took } = JSON.parse(line) as {
    statuses: Record<string, number>;
    seconds: number;
  };
  return { byStatus: statuses, perSecond: (statuses['303'] ?? 0) / took };
}
