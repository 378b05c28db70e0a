import { touchConsultation } from '../db/consultation-writes.ts';
import { writeLedger } from '../db/ledger.ts';
import { insertLinkChoice } from '../db/link-choices.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import type { Officer } from '../domain/officer.ts';
import { targetOf } from '../domain/versions/chosen.ts';
import type { ClauseLink } from '../domain/versions/clause.ts';
import { type LinkChoice, relink } from '../domain/versions/relink.ts';
import { holdWork, type Page } from './hold.ts';
import { type Mapping, mapVersions } from './map-versions.ts';

/**
 * Corrects what becomes of one clause of the newest published version; choosing again undoes it. Gives what is wrong
 * with the choice, or the link it made. Throws RuleBroken `stale`, `alreadyPublished` when no version is under way,
 * `notPublished` when it is the first, `notAllowed`.
 */
export async function correctLink(
  db: Db,
  input: Page & { readonly officer: Officer; readonly choice: LinkChoice },
  now: Date,
): Promise<{ readonly issue: Issue } | { readonly link: ClauseLink | undefined }> {
  const { officer, id, choice } = input;
  const mapping = await mapVersions(db, id);
  const corrected = mapping && relink(mapping.links, mapping.old.clauses, mapping.next, choice);
  return transaction(db, async (trx) => {
    // The page's revision is the work's: what was read before the hold is what is held.
    await holdWork(trx, officer, 'prepare', input);
    if (!mapping || !corrected) throw new RuleBroken('notPublished');
    if (!Array.isArray(corrected)) return { issue: corrected };
    const link = linkFrom(corrected, choice.from);
    await insertLinkChoice(trx, rowOf(mapping, input), now);
    await touchConsultation(trx, id);
    const before = linkFrom(mapping.links, choice.from);
    const detail = { clause: choice.from, linkBefore: before?.kind, linkAfter: link?.kind, to: choice.to };
    await writeLedger(trx, { what: 'linkCorrected', consultationId: id, officer, detail }, now);
    return { link };
  });
}

function rowOf(
  { old, next }: Mapping,
  { officer, id, choice }: { readonly officer: Officer; readonly id: number; readonly choice: LinkChoice },
) {
  const from = old.clauses.find(({ address }) => address === choice.from);
  if (!from) throw new Error(`no clause ${choice.from}`);
  const targets = next.filter(({ address }) => choice.to.includes(address)).map(targetOf);
  return { consultationId: id, draftId: old.id, fromClauseId: from.id, targets, officerId: officer.id };
}

function linkFrom(links: readonly ClauseLink[], address: string): ClauseLink | undefined {
  return links.find((link) => link.from.includes(address));
}
