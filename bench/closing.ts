import { CompiledQuery } from 'kysely';
import { parse } from 'node-html-parser';
import { hashPassword } from '../src/actions/passwords.ts';
import type { Db } from '../src/db/session.ts';
import { signIn } from './desk.ts';
import { afterClosing, password } from './desk-stored.ts';
import type { Figure } from './figures.ts';
import { type Running, startPortal } from './process.ts';
import { makeStage, type Stage } from './stage.ts';
import { fillWithComments } from './stored.ts';

const stored = { embedded: [5_000, 20_000], postgresql: [50_000, 200_000] } as const;
const times = 4;
// Of a hundred: what is killed before has compared something, and has something left.
const killedFrom = 30;
// After that long what a killed process had taken is anybody's.
const leaseMs = 180_000;

/**
 * The memory of a portal at its highest that closes a consultation and does all that comes after it, while an office reads
 * the list of all comments as a workbook: of four times as many comments against fewer. It is killed in the middle and
 * started again; how far it is, is read from its pages, and does not go back.
 */
export async function measureClosing(stage: Stage): Promise<Figure[]> {
  const other = await makeStage(stage.settings['DATABASE_URL']);
  const [few, many] = stored[stage.kind];
  const one = await close(other, few);
  const four = await close(stage, many);
  await other.remove();
  const legs = Object.fromEntries([one, four].map(({ name, highest }) => [name, [highest]]));
  const note = [one, four].map(({ name, note: said }) => `${name}: ${said}`).join('; ');
  const ratios = [four.highest / one.highest];
  return [
    { name: `closing: memory, ${times} times the comments`, ratios, atMost: 1.3, legs, unit: 'MB', note },
  ];
}

async function close(stage: Stage, count: number) {
  const id = await stage.withDb((db) => fill(db, count));
  const start = (later: number) => {
    const now = new Date(afterClosing().getTime() + later);
    return startPortal({ ...stage.settings, CLOCK: now.toISOString() });
  };
  const began = performance.now();
  const first = await openDesk(await start(0), id);
  const killedAt = await first.until('/groups', (percent) => percent >= killedFrom);
  const before = first.portal.memory().highest;
  await first.portal.kill();
  const second = await openDesk(await start(2 * leaseMs), id);
  const shown = await second.percent('/groups');
  if (shown < killedAt) throw new Error(`it went back from ${killedAt} to ${shown}`);
  const reading = second.read('/exports/comments.xlsx');
  for (const page of ['/groups', `/comments?words=${encodeURIComponent('公示期')}`, '/comments'])
    await second.until(page, (percent) => percent === 100);
  await reading;
  const after = second.portal.memory().highest;
  await second.portal.stop();
  const seconds = Math.round((performance.now() - began) / 1000);
  const note = `killed at ${killedAt}%, gone on with at ${shown}%; all done after ${seconds} s; ${before} MB before the kill`;
  return { name: count.toLocaleString('en'), highest: Math.max(before, after), note };
}

async function openDesk(portal: Running, consultationId: number) {
  const base = `http://127.0.0.1:${portal.port}`;
  const cookie = await signIn(base);
  const read = async (page: string) => {
    const response = await fetch(`${base}/desk/consultations/${consultationId}${page}`, {
      headers: { cookie },
    });
    if (response.status !== 200 || !response.body) throw new Error(`${page}: ${response.status}`);
    const pieces: Uint8Array[] = [];
    for await (const piece of response.body) if (pieces.length < 100) pieces.push(piece);
    return Buffer.concat(pieces).toString();
  };
  // As a person sees it; 100 where nothing is under way any more.
  const percent = async (page: string) => {
    const html = await read(page);
    const shown = parse(html).querySelector('main progress')?.getAttribute('value');
    return shown === undefined ? (html.includes('还没有查找过') ? 0 : 100) : Number(shown);
  };
  const until = async (page: string, isThere: (percent: number) => boolean) => {
    for (let last = 0; ; ) {
      const now = await percent(page);
      if (now < last) throw new Error(`${page}: it went back from ${last} to ${now}`);
      if (isThere(now)) return now;
      last = now;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  };
  return { portal, read, percent, until };
}

async function fill(db: Db, count: number): Promise<number> {
  await fillWithComments(db, count);
  const run = (statement: string, values: readonly unknown[] = []) =>
    db.executeQuery<{ id: number }>(CompiledQuery.raw(statement, [...values]));
  await run(`update officers set password_hash = $1 where login = 'bench'`, [await hashPassword(password)]);
  const { rows } = await run('select id from consultations');
  return rows[0]?.id ?? 0;
}
