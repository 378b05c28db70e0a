import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { publishConsultation } from '../src/actions/publish-consultation.ts';
import { saveAnnouncement } from '../src/actions/save-announcement.ts';
import { startConsultation } from '../src/actions/start-consultation.ts';
import { agencyConsultation } from '../src/db/consultations.ts';
import { migrateToLatest } from '../src/db/migrate.ts';
import { ensureAgency, insertOfficer } from '../src/db/officers.ts';
import { openDatabase } from '../src/db/open.ts';
import { type Db, transaction } from '../src/db/session.ts';
import type { Officer } from '../src/domain/officer.ts';
import { addDays, dayOf, startOf } from '../src/domain/shanghai.ts';
import { isWorkingDay } from '../src/workdays.ts';
import { longSource } from './draft.ts';

/** A folder and a database of its own with one open consultation whose draft has 60 KB. */
export interface Stage {
  readonly kind: 'embedded' | 'postgresql';
  readonly folder: string;
  readonly consultationNumber: string;
  /** The settings that a portal or a bare server on this database starts with. */
  readonly settings: Readonly<Record<string, string>>;
  readonly secretKey: string;
  /** Opens the database for a moment; no server may run on an embedded one meanwhile. */
  withDb<T>(work: (db: Db) => Promise<T>): Promise<T>;
  remove(): Promise<void>;
}

/**
 * Makes a stage: on the PostgreSQL server of `serverUrl`, or else on the embedded database, in `folder` where one is
 * given; it may hold a migrated, empty database.
 */
export async function makeStage(
  serverUrl: string | undefined,
  folder = mkdtempSync(path.join(os.tmpdir(), 'jianyan-bench-')),
): Promise<Stage> {
  const database = serverUrl ? await createDatabase(serverUrl) : undefined;
  const secretKey = randomBytes(32).toString('base64url');
  const url: Record<string, string> = database ? { DATABASE_URL: database.url } : {};
  const open = () => openDatabase({ dataDir: folder, databaseUrl: database?.url });
  const withDb = async <T>(work: (db: Db) => Promise<T>): Promise<T> => {
    const opened = await open();
    return work(opened.db).finally(() => opened.close());
  };
  const consultationNumber = await withDb(async (db) => {
    await migrateToLatest(db);
    return publishLongDraft(db, new Date());
  });
  const remove = async () => {
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  };
  const settings = { DATA_DIR: folder, SECRET_KEY: secretKey, TRUST_PROXY: '127.0.0.1', ...url };
  const kind = database ? 'postgresql' : 'embedded';
  return { kind, folder, consultationNumber, settings, secretKey, withDb, remove };
}

async function createDatabase(serverUrl: string) {
  const name = `jianyan_bench_${randomBytes(4).toString('hex')}`;
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const onServer = async (statement: string) => {
    const client = new pg.Client({ connectionString: serverUrl });
    await client.connect();
    await client.query(statement).finally(() => client.end());
  };
  await onServer(`create database ${name} template template0 encoding 'UTF8' locale 'C.UTF-8'`);
  return { url: url.href, drop: () => onServer(`drop database ${name} with (force)`) };
}

async function publishLongDraft(db: Db, now: Date): Promise<string> {
  const officer = await makeOfficer(db, now);
  const lastDay = addDays(dayOf(now), 60);
  const kind = 'other';
  const id = await startConsultation(db, { officer, kind, source: longSource(lastDay) }, now);
  const consultation = await agencyConsultation(db, officer.agencyId, id);
  if (!consultation) throw new Error('the consultation is gone');
  const { revision } = consultation;
  const announcement = { ...consultation.announcement, siteName: '清源县人民政府网' };
  const closesAt = startOf(addDays(lastDay, 1));
  await saveAnnouncement(db, { ...consultation, officer, opensAt: now, closesAt, announcement }, now);
  const published = await publishConsultation(db, { officer, id, revision: revision + 1 }, isWorkingDay, now);
  if ('issues' in published) throw new Error(`not published: ${JSON.stringify(published.issues)}`);
  return published.number;
}

function makeOfficer(db: Db, now: Date): Promise<Officer> {
  const agency = { name: '清源县人民政府办公室', shortName: '县政府办', siteName: '清源县人民政府网' };
  const person = { login: 'bench', name: '陆明谦', role: 'caseworker' as const, passwordHash: 'none' };
  return transaction(db, async (trx) => {
    const agencyId = await ensureAgency(trx, agency, now);
    const id = await insertOfficer(trx, { ...person, agencyId }, now);
    return { id, agencyId, name: person.name, role: person.role };
  });
}
