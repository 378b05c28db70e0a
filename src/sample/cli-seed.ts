import { randomBytes } from 'node:crypto';
import { loadConfig, makeClock } from '../config.ts';
import { migrateToLatest } from '../db/migrate.ts';
import { anyOfficer } from '../db/officers.ts';
import { openDatabase } from '../db/open.ts';
import { usualLimits } from '../deps.ts';
import { loadSentences } from '../sentences.ts';
import { isWorkingDay } from '../workdays.ts';
import { samplePasswords } from './passwords.ts';
import { seedSamples } from './seed.ts';

// npm run db:seed: fills an empty database with the sample data, and never touches one that anybody works in.
const config = loadConfig();
const { db, close } = await openDatabase(config);
try {
  await migrateToLatest(db);
  if (config.production)
    throw new Error('db:seed refuses in production: the sample officers have known passwords');
  if (await anyOfficer(db)) throw new Error('db:seed refuses: this database already has officers');
  await seedSamples({
    db,
    config,
    clock: makeClock(config.clockStart),
    random: randomBytes,
    sentences: loadSentences(),
    isWorkingDay,
    limits: usualLimits,
  });
  for (const { login, role, password } of samplePasswords(config.secretKey))
    console.log(`${login.padEnd(12)} ${password}   ${role}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
} finally {
  await close();
}
