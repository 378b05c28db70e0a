import type { Test } from 'tap';
import { type Running, startPortal } from '../../bench/process.ts';
import { makeStage, type Stage } from '../../bench/stage.ts';
import type { Db } from '../../src/db/session.ts';
import { migratedDataDir } from '../db/support/embedded.ts';
import { type PreparedForm, prepareForms } from './forms.ts';
import { type Letterbox, openLetterbox } from './letterbox.ts';
import { type Load, startLoad } from './load.ts';
import { type Moments, momentsOf, randomOf, times } from './moment.ts';

/** An open consultation, people who comment on it, and a mail server. */
export interface Scene {
  readonly stage: Stage;
  readonly box: Letterbox;
  readonly load: Load;
  readonly moments: Moments;
  readonly random: () => number;
  /** Starts a portal. */
  start(): Promise<Running>;
  /** Lets some more forms go out; resolves with all that did when each has its receipt. */
  end(): Promise<readonly PreparedForm[]>;
  /** Resolves when all letters have gone out; leaves no portal running. */
  finish(portals: readonly Running[]): Promise<void>;
}

const people = 16;
// So many go out when the faults are over.
const afterwards = 50;

/** A stage that is removed when the test ends. The embedded database is migrated already. */
export async function faultStage(t: Test, serverUrl: string | undefined): Promise<Stage> {
  const stage = await makeStage(serverUrl, serverUrl ? undefined : await migratedDataDir());
  t.teardown(() => stage.remove());
  return stage;
}

/** Starts a portal whose embedded database is compiled once: a second time would take longer than it lives here. */
export function startShort(settings: Readonly<Record<string, string>>): Promise<Running> {
  return startPortal(settings, ['--liftoff-only']);
}

/** Sets a scene on the PostgreSQL server of `serverUrl`, or else on the embedded database. */
export async function setScene(t: Test, serverUrl: string | undefined, count: number): Promise<Scene> {
  const stage = await faultStage(t, serverUrl);
  const box = await openLetterbox();
  t.teardown(() => box.close());
  const forms = await stage.withDb((db) => prepareForms(stage, db, count));
  const load = startLoad(stage.consultationNumber, forms, people);
  const random = randomOf();
  const settings = { ...stage.settings, SMTP_URL: box.url };
  const moments = momentsOf(random, load, box);
  const start = () => startShort(settings);
  const end = async () => {
    await moments.passed(afterwards, 'receipt');
    const taken = load.end();
    await load.finished;
    return taken;
  };
  const finish = async (portals: readonly Running[]) => {
    for (const portal of portals) await portal.stop();
    const left = await stage.withDb(lettersToSend);
    if (left === 0) return;
    const gone = times(left, box.events, 'letter');
    // What a portal that was killed had taken is due again when its lease is over: ten minutes later it surely is.
    const later = new Date(Date.now() + 600_000).toISOString();
    const last = await startShort({ ...settings, CLOCK: later });
    await gone;
    await last.stop();
  };
  return { stage, box, load, random, moments, start, end, finish };
}

async function lettersToSend(db: Db): Promise<number> {
  return (await db.selectFrom('letters').select('id').where('sent_at', 'is', null).execute()).length;
}
