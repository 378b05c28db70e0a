import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { root } from '../src/root.ts';

/** A process under test, listening on `port` of this machine. */
export interface Running {
  readonly port: number;
  /** Seconds from the start of the process to its first 200. */
  readonly started: number;
  /** Resident memory now and at its highest, in MB. */
  memory(): { readonly now: number; readonly highest: number };
  /** Processor time it has used so far, in seconds, over all its threads. */
  processorTime(): number;
  /** False once the process has ended, whyever. */
  isRunning(): boolean;
  stop(): Promise<void>;
  /** kill -9. */
  kill(): Promise<void>;
}

/** Starts the built portal with these settings, and `flags` for Node; resolves with the first 200 of its home page. */
export function startPortal(
  settings: Readonly<Record<string, string>>,
  flags: readonly string[] = [],
): Promise<Running> {
  return start(
    [...flags, 'dist/src/server.js'],
    { LOG_LEVEL: 'silent', SAMPLE_DATA: 'off', ...settings },
    '/',
  );
}

/** Starts one of the bare servers of this folder; resolves with its first 200. */
export function startBare(file: string, settings: Readonly<Record<string, string>>): Promise<Running> {
  return start(['--import', 'tsx', `bench/${file}`], settings, '/ready');
}

async function start(
  command: readonly string[],
  settings: Readonly<Record<string, string>>,
  address: string,
): Promise<Running> {
  const port = await freePort();
  const { PATH = '', HOME = '' } = process.env;
  const env = { PATH, HOME, PORT: String(port), ...settings };
  const began = performance.now();
  const child = spawn(process.execPath, command, { cwd: root, env, stdio: ['ignore', 'ignore', 'inherit'] });
  children.add(child);
  child.once('exit', () => children.delete(child));
  await firstAnswer(child, `http://127.0.0.1:${port}${address}`);
  const started = (performance.now() - began) / 1000;
  const end = async (signal: 'SIGTERM' | 'SIGKILL') => {
    if (hasEnded(child)) return;
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  };
  return {
    ...{ port, started },
    memory: () => memoryOf(child),
    processorTime: () => processorTimeOf(child),
    isRunning: () => children.has(child),
    stop: () => end('SIGTERM'),
    kill: () => end('SIGKILL'),
  };
}

// A run that fails leaves nothing behind.
const children = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of children) child.kill('SIGKILL');
});

// Asking costs the machine more than a millisecond each time, which whoever is starting lacks.
const askAgain = 25;

async function firstAnswer(child: ChildProcess, url: string): Promise<void> {
  for (;;) {
    if (hasEnded(child))
      throw new Error(`the process for ${url} ended with ${child.exitCode ?? child.signalCode}`);
    const response = await fetch(url).catch(() => undefined);
    await response?.arrayBuffer();
    if (response?.status === 200) return;
    await new Promise((resolve) => setTimeout(resolve, askAgain));
  }
}

function hasEnded({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode !== null || signalCode !== null;
}

function memoryOf(child: ChildProcess) {
  const status = readFileSync(path.join('/proc', String(child.pid), 'status'), 'utf8');
  const megabytes = (name: string) =>
    Math.round(Number(new RegExp(`${name}:\\s+(\\d+)`).exec(status)?.[1]) / 1024);
  return { now: megabytes('VmRSS'), highest: megabytes('VmHWM') };
}

// Fields 14 and 15 of /proc/PID/stat, in hundredths of a second.
function processorTimeOf(child: ChildProcess): number {
  const stat = readFileSync(path.join('/proc', String(child.pid), 'stat'), 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
