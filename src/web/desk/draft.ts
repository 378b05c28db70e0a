import type { FastifyReply } from 'fastify';
import { editRows } from '../../actions/edit-outline.ts';
import { isPublished } from '../../db/consultations.ts';
import { type FormBody, raw } from '../forms.ts';
import { changeOf, readRows, type TypedRow } from './draft-form.ts';
import { sendDraft } from './imports/draft-page.ts';
import { deedNamed, editIn, type RowDeed } from './imports/edits.ts';
import { rowAddress, rowPage, tryEdit } from './imports/row-edit.ts';
import { sortStale } from './imports/stale-rows.ts';
import { lookAtWorkAgain, type WorkVisit, withWork } from './imports/work.ts';
import { baseOf } from './matter.ts';
import { goTo, queryOf } from './page.ts';
import { revisionIn, wentStale } from './stale.ts';

/** The clause tree beside its source, to confirm and correct. */
export const showDraft = withWork((visit) => {
  const at = Number(queryOf(visit.request, 'row')) - 1;
  const edited = queryOf(visit.request, 'edited');
  return sendDraft(visit, { page: queryOf(visit.request, 'page'), said: { at, edited } });
});

/** Saves what was changed on one page of the clause tree; then does to one row what its button says. */
export const takeDraft = withWork(async (visit) => {
  const { site, request, officer, consultation, work, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const { rows, issues } = readRows(body);
  const [revision, page] = [revisionIn(body), raw(body, 'page')];
  if (revision !== consultation.revision) return sendStale(visit, rows, page);
  if (issues.length > 0) return sendDraft(visit, { page, typed: rows, issues });
  const changed = rows.flatMap((row) => changeOf(row, work.blocks[row.index]));
  if (changed.length === 0) return goOn(visit, body, revision);
  const input = { officer, id: consultation.id, revision, rows: changed };
  if (await wentStale(editRows(site.db, input, now)))
    return sendStale(await lookAtWorkAgain(visit), rows, page);
  return goOn(await lookAtWorkAgain(visit), body, revision + 1);
});

async function goOn(visit: WorkVisit, body: FormBody, revision: number): Promise<FastifyReply> {
  const base = baseOf(visit.consultation);
  const [name = '', row = ''] = raw(body, 'do').split('-');
  const [deed, at, page] = [deedNamed(name), Number(row) || 0, Number(raw(body, 'page')) || 1];
  if (name === 'open') return goTo(visit, rowPage(base, at));
  if (deed) return doToRow(visit, body, { deed, at, revision, page: String(page) });
  const next = raw(body, 'next');
  const step = isPublished(visit.consultation) ? 'mapping' : 'preview';
  if (next === 'preview') return goTo(visit, `${base}/${step}?done=outlineSaved`);
  return goTo(visit, `${base}/draft?page=${next === 'page' ? page + 1 : page}&done=outlineSaved`);
}

async function doToRow(
  visit: WorkVisit,
  body: FormBody,
  { deed, at, revision, page }: { deed: RowDeed; at: number; revision: number; page: string },
): Promise<FastifyReply> {
  const edit = editIn(body, deed, at, visit.work.blocks);
  const result = 'key' in edit ? { issue: edit } : await tryEdit(visit, edit, revision);
  if (result === 'stale') return sendStale(await lookAtWorkAgain(visit), [], page);
  if ('issue' in result) return sendDraft(visit, { page, issues: [result.issue] });
  return goTo(visit, rowAddress(baseOf(visit.consultation), result.at, deed));
}

function sendStale(visit: WorkVisit, typed: readonly TypedRow[], page: string): Promise<FastifyReply> {
  return sendDraft(visit, { page, stale: sortStale(typed, visit.work.blocks) });
}
