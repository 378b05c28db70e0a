import { writeLedger } from '../db/ledger.ts';
import {
  deleteTemplate,
  insertTemplate,
  isNameTaken,
  type KeptTemplate,
  updateTemplate,
} from '../db/reply-templates.ts';
import { type Db, transaction } from '../db/session.ts';
import { type Issue, RuleBroken } from '../domain/issue.ts';
import { may, type Officer } from '../domain/officer.ts';
import type { ReplyTemplate } from '../domain/reply-template.ts';

/** Where a template is kept: a new one, or in the place of one as the officer saw it. */
export type TemplatePlace = 'new' | Pick<KeptTemplate, 'id' | 'revision'>;

/**
 * Keeps a reply template of the officer's agency. Gives an issue when another has its name. Throws RuleBroken `stale`
 * when somebody changed or removed it, `notAllowed`.
 */
export async function keepTemplate(
  db: Db,
  input: { readonly officer: Officer; readonly place: TemplatePlace; readonly template: ReplyTemplate },
  now: Date,
): Promise<{ readonly issues: Issue[] } | undefined> {
  const { officer, place, template } = input;
  return transaction(db, async (trx) => {
    if (!may(officer, 'dispose')) throw new RuleBroken('notAllowed');
    if (place === 'new') await insertTemplate(trx, officer, template, now);
    else if (!(await updateTemplate(trx, officer, { ...place, ...template }, now)))
      throw new RuleBroken('stale');
    await writeLedger(trx, { what: 'templateKept', officer, detail: { reason: template.name } }, now);
    return undefined;
  }).catch((error: unknown) => {
    if (isNameTaken(error)) return { issues: [{ field: 'templateName', key: 'templateNameTaken' }] };
    throw error;
  });
}

/** Removes a reply template as the officer saw it. Throws RuleBroken `stale`, `notAllowed`. */
export async function removeTemplate(
  db: Db,
  input: { readonly officer: Officer; readonly template: KeptTemplate },
  now: Date,
): Promise<void> {
  const { officer, template } = input;
  await transaction(db, async (trx) => {
    if (!may(officer, 'dispose')) throw new RuleBroken('notAllowed');
    if (!(await deleteTemplate(trx, officer.agencyId, template))) throw new RuleBroken('stale');
    const detail = { reason: template.name, templateId: template.id };
    await writeLedger(trx, { what: 'templateRemoved', officer, detail }, now);
  });
}
