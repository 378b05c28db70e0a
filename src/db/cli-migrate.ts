import { loadConfig } from '../config.ts';
import { migrateToLatest } from './migrate.ts';
import { openDatabase } from './open.ts';

// npm run db:migrate: brings the database up to date, as the server does by itself when it starts.
try {
  const database = await openDatabase({ ...loadConfig(), log: console });
  const names = await migrateToLatest(database.db).finally(database.close);
  console.log(names.length === 0 ? 'The database is up to date.' : `Migrated: ${names.join(', ')}`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
