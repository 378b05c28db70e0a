import { spawnSync } from 'node:child_process';
import t from 'tap';
import { hashOf } from '../../src/actions/accept-invitation.ts';
import { goodInvitation } from '../../src/db/invitations.ts';
import { ensureAgency, insertOfficer } from '../../src/db/officers.ts';
import { openDatabase } from '../../src/db/open.ts';
import { transaction } from '../../src/db/session.ts';
import { serverUrl } from '../database.ts';
import { program } from '../program.ts';
import { emptyDataDir, migratedDataDir } from './support/embedded.ts';
import { copyOfTemplate } from './support/postgresql.ts';

const cli = program('src/agency-cli.ts');
const now = new Date('2026-03-01T09:00:00+08:00');

/** Where a database is that another process can open while this one has it closed. */
async function place(): Promise<{ readonly databaseUrl?: string; readonly dataDir: string }> {
  if (serverUrl === undefined) return { dataDir: await migratedDataDir() };
  return { databaseUrl: await copyOfTemplate(serverUrl), dataDir: emptyDataDir() };
}

t.test('npm run agency:add prints a link that is good once there is an officer, and for a day', async (t) => {
  const at = await place();
  const { DATABASE_URL: _server, ...environment } = process.env;
  const run = () =>
    spawnSync(process.execPath, cli, {
      env: {
        ...environment,
        ...(at.databaseUrl === undefined ? {} : { DATABASE_URL: at.databaseUrl }),
        ...{ DATA_DIR: at.dataDir, CLOCK: now.toISOString(), PUBLIC_URL: 'https://yijian.example.cn' },
      },
      encoding: 'utf8',
    });
  const refused = run();
  t.match(refused, { status: 1, stderr: /agency:add refuses: the first agency gets its link/ });
  t.notMatch(refused.stdout, /invitations/);

  await withDatabase(at, (db) =>
    transaction(db, async (trx) => {
      const agencyId = await ensureAgency(trx, { name: '清源县水务局', shortName: '', siteName: '' }, now);
      const first = { login: 'first', name: '季承安', role: 'administrator', passwordHash: null } as const;
      await insertOfficer(trx, { ...first, agencyId }, now);
    }),
  );
  const given = run();
  t.match(given, { status: 0, stdout: /good once, for 24 hours/ });
  const [, token = ''] = /https:\/\/yijian\.example\.cn\/desk\/invitations\/(\S+)/.exec(given.stdout) ?? [];
  await withDatabase(at, async (db) => {
    const goodAt = (hours: number) =>
      goodInvitation(db, hashOf(token), new Date(now.getTime() + hours * 3_600_000));
    t.same(await goodAt(23), { officerId: null, purpose: 'newAgency' });
    t.equal(await goodAt(25), undefined);
    const kept = await db.selectFrom('officer_invitations').selectAll().execute();
    t.equal(kept.length, 1, 'what was refused left nothing');
    t.notMatch(JSON.stringify(kept), token, 'only the hash of the link is kept');
  });
});

async function withDatabase(
  at: { readonly databaseUrl?: string; readonly dataDir: string },
  work: (db: Awaited<ReturnType<typeof openDatabase>>['db']) => Promise<void>,
): Promise<void> {
  const { db, close } = await openDatabase(at);
  await work(db).finally(close);
}
