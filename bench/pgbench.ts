import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { commentText } from './forms.ts';

const run = promisify(execFile);

/** Transactions a second of `pgbench -c 10`, one INSERT of the same text each, into the bare route's table. */
export async function insertsWithPgbench(databaseUrl: string): Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-pgbench-'));
  const script = path.join(folder, 'insert.sql');
  writeFileSync(script, `insert into bare_comments (text, received_at) values ('${commentText}', now());\n`);
  try {
    const given = ['-n', '-M', 'prepared', '-c', '10', '-j', '1', '-T', '5', '-f', script, databaseUrl];
    const { stdout } = await run('pgbench', given);
    return Number(/tps = ([\d.]+)/.exec(stdout)?.[1]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
