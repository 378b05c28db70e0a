import { readFileSync } from 'node:fs';
import path from 'node:path';
import { addImport } from '../actions/add-import.ts';
import { publishVersion } from '../actions/publish-version.ts';
import { startVersion } from '../actions/start-version.ts';
import { agencyConsultation, type PublishedConsultation } from '../db/consultations.ts';
import type { Deps } from '../deps.ts';
import type { Officer } from '../domain/officer.ts';
import { autoSettings } from '../domain/parse/settings.ts';
import { dayMs } from '../domain/shanghai.ts';
import { root } from '../root.ts';
import type { SampleVersion } from './sample.ts';

/** Publishes the next version of a sample's draft as an officer would, its clauses linked as the program proposes. */
export async function seedVersion(
  deps: Deps,
  version: SampleVersion,
  officer: Officer,
  { id, opensAt, announcement }: PublishedConsultation,
): Promise<void> {
  const now = new Date(opensAt.getTime() + version.daysAfterOpening * dayMs);
  const source = readFileSync(path.join(root, 'src/sample/texts', version.file), 'utf8');
  await startVersion(deps.db, { officer, id }, now);
  await addImport(deps.db, { officer, id, source, settings: { ...autoSettings, whole: 'draft' } }, now);
  const prepared = await agencyConsultation(deps.db, officer.agencyId, id);
  const page = { officer, id, revision: prepared?.revision ?? 0 };
  const words = { title: announcement.draftName, note: version.note };
  const published = await publishVersion(deps.db, { ...page, ...words }, now);
  if ('issues' in published) throw new Error(`sample ${version.file}: ${JSON.stringify(published.issues)}`);
}
