import { touchConsultation } from '../db/consultation-writes.ts';
import { endWork, sourceOf } from '../db/draft-work.ts';
import { insertDraft } from '../db/drafts.ts';
import { writeLedger } from '../db/ledger.ts';
import { type Db, transaction } from '../db/session.ts';
import { insertLinks, type NewLink } from '../db/versions.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { characters } from '../domain/text.ts';
import { holdWork, type Page } from './hold.ts';
import { type Mapping, mapVersions } from './map-versions.ts';
import { workIssues } from './publish-consultation.ts';

/** What the public reads of a new version beside its clauses. */
export interface VersionWords {
  readonly title: string;
  /** What is new, in a sentence. */
  readonly note: string;
}

/**
 * Publishes the next version of a draft, with what became of each clause, in one transaction; comments stay on the
 * version they were made on. Gives what still stands in its way, or the version. Throws RuleBroken `stale`,
 * `alreadyPublished` when no version is under way, `notPublished` when it is the first, `notAllowed`.
 */
export async function publishVersion(
  db: Db,
  input: Page & VersionWords & { readonly officer: Officer },
  now: Date,
): Promise<{ readonly issues: Issue[] } | { readonly version: number }> {
  const { officer, id, title, note } = input;
  const mapping = await mapVersions(db, id);
  return transaction(db, async (trx) => {
    // The page's revision is the work's: what was mapped before the hold is what is held.
    const { work, consultation } = await holdWork(trx, officer, 'publish', input);
    if (!mapping) throw new RuleBroken('notPublished');
    if (consultation.withdrawnAt) throw new RuleBroken('notAllowed');
    const issues = [...wordIssues(input), ...workIssues(work)];
    if (issues.length > 0) return { issues };
    const source = await sourceOf(trx, id);
    const draftId = await insertDraft(
      trx,
      { consultationId: id, title, note, source, blocks: work.blocks },
      now,
    );
    await insertLinks(trx, { from: mapping.old.id, to: draftId }, linksToStore(mapping, officer));
    await endWork(trx, id, draftId);
    await touchConsultation(trx, id);
    const version = mapping.old.version + 1;
    const entry = { what: 'versionPublished', consultationId: id, officer } as const;
    await writeLedger(trx, { ...entry, detail: { version } }, now);
    return { version };
  });
}

const longestNote = 500;
const longestTitle = 200;

function wordIssues({ title, note }: VersionWords): Issue[] {
  return [...lineIssues('draftTitle', title, longestTitle), ...lineIssues('note', note, longestNote)];
}

function lineIssues(field: string, text: string, limit: number): Issue[] {
  const length = characters(text);
  if (length === 0) return [{ field, key: 'required' }];
  return length > limit ? [{ field, key: 'tooLong', values: { limit, length } }] : [];
}

// A correction can change links beside its own; those go to whoever publishes.
function linksToStore({ links, choices }: Mapping, officer: Officer): NewLink[] {
  const chosenBy = new Map(choices.map((choice) => [choice.from, choice.officerId]));
  return links.map((link) => {
    const officerId = link.from.map((address) => chosenBy.get(address)).find((id) => id !== undefined);
    return { ...link, officerId: link.by === 'officer' ? (officerId ?? officer.id) : null };
  });
}
