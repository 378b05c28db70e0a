import { addImport } from '../src/actions/add-import.ts';
import { publishVersion } from '../src/actions/publish-version.ts';
import { startVersion } from '../src/actions/start-version.ts';
import type { Db } from '../src/db/session.ts';
import type { Officer } from '../src/domain/officer.ts';
import { consultationOf } from './consultation.ts';

/** Begins the next version of a consultation's draft and brings its text in. */
export async function prepareVersion(
  db: Db,
  officer: Officer,
  id: number,
  source: string,
  now: Date,
): Promise<void> {
  await startVersion(db, { officer, id }, now);
  const settings = { whole: 'draft', family: 'auto', lines: 'auto' } as const;
  await addImport(db, { officer, id, source, settings }, now);
}

/** Publishes the version that is being prepared, as it stands; gives its number. */
export async function publishPrepared(db: Db, officer: Officer, id: number, now: Date): Promise<number> {
  const { revision } = await consultationOf(db, officer, id);
  const words = { title: '清源县农村供水管理办法', note: '根据征求到的意见作了修改。' };
  const result = await publishVersion(db, { officer, id, revision, ...words }, now);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.version;
}
