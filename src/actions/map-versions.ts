import { type DraftWork, draftWork } from '../db/draft-work.ts';
import { type Draft, latestDraft } from '../db/drafts.ts';
import { linkChoices } from '../db/link-choices.ts';
import type { Db } from '../db/session.ts';
import type { Block } from '../domain/outline.ts';
import { addressesOf } from '../domain/parse/address.ts';
import { type ChosenLinks, chosenLinks, type MadeChoice } from '../domain/versions/chosen.ts';
import type { VersionClause } from '../domain/versions/clause.ts';

/** The newest published version beside the draft that is to follow it. */
export interface Mapping extends ChosenLinks {
  readonly old: Draft;
  readonly next: readonly VersionClause[];
  readonly work: DraftWork;
  /** The officers' corrections, oldest first. */
  readonly choices: readonly MadeChoice[];
}

/** What becomes of each clause as things stand, or undefined when no new version is under way. Writes nothing. */
export async function mapVersions(db: Db, consultationId: number): Promise<Mapping | undefined> {
  const work = await draftWork(db, consultationId);
  const old = work && (await latestDraft(db, consultationId));
  if (!old) return undefined;
  const choices = await linkChoices(db, old.id);
  const next = withAddresses(work.blocks);
  return { old, next, work, choices, ...chosenLinks(old.clauses, next, choices) };
}

function withAddresses(blocks: readonly Block[]): VersionClause[] {
  const addresses = addressesOf(blocks);
  return blocks.map((block, position) => ({ ...block, address: addresses[position] ?? '' }));
}
