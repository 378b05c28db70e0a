import { open } from 'node:fs/promises';
import { loadConfig } from '../config.ts';
import { exportData } from './export.ts';
import { openDatabase } from './open.ts';

// npm run db:export -- FILE: writes all data to a new file, readable by its owner alone, as SQL for psql.
try {
  const [path] = process.argv.slice(2);
  if (path === undefined) throw new Error('Say where to write: npm run db:export -- FILE.sql');
  const database = await openDatabase({ ...loadConfig(), log: console });
  try {
    const file = await open(path, 'wx', 0o600);
    await exportData(database.db, async (text) => void (await file.writeFile(text)));
    await file.sync();
    await file.close();
  } finally {
    await database.close();
  }
  console.log(`Written to ${path}; its first lines say how to restore it.`);
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
