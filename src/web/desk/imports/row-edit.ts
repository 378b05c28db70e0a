import type { FastifyReply } from 'fastify';
import { editOutline } from '../../../actions/edit-outline.ts';
import type { Issue } from '../../../domain/issue.ts';
import type { OutlineEdit } from '../../../domain/outline-edit.ts';
import { type FormBody, raw } from '../../forms.ts';
import { numberIn, readRow, rowsPerPage } from '../draft-form.ts';
import { baseOf } from '../matter.ts';
import { goTo, sendNotFound } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import { deedNamed, editIn, findAgain, type RowDeed } from './edits.ts';
import { sendRow } from './row.ts';
import { lookAtWorkAgain, type WorkVisit, withWork } from './work.ts';

/** Does to one row what a button of its page says. */
export const takeEdit = withWork(async (visit) => {
  const { request, consultation, work } = visit;
  const body = (request.body ?? {}) as FormBody;
  const [at, deed] = [numberIn(body, 'row'), deedNamed(raw(body, 'do'))];
  if (!deed) return sendNotFound(visit);
  if (revisionIn(body) !== consultation.revision) return sendStaleRow(visit, body, at);
  const edit = editIn(body, deed, at, work.blocks);
  const result = 'key' in edit ? { issue: edit } : await tryEdit(visit, edit, consultation.revision);
  if (result === 'stale') return sendStaleRow(await lookAtWorkAgain(visit), body, at);
  if ('issue' in result) return sendRow(visit, { at, body, deed, issues: [result.issue] });
  return goTo(visit, rowAddress(baseOf(consultation), result.at, deed));
});

/** Tries an edit: where the row stands afterwards, what is to be put right, or that the page went stale. */
export async function tryEdit(
  { site, officer, consultation, now }: WorkVisit,
  edit: OutlineEdit,
  revision: number,
): Promise<{ readonly at: number } | { readonly issue: Issue } | 'stale'> {
  const deed = editOutline(site.db, { officer, id: consultation.id, revision, edit }, now);
  return (await wentStale(deed)) ? 'stale' : deed;
}

/** Where a row is shown among the others, with what was done to it. */
export function rowAddress(base: string, at: number, deed: RowDeed): string {
  const page = Math.floor(at / rowsPerPage) + 1;
  return `${base}/draft?page=${page}&row=${at + 1}&edited=${deed}#row-${at + 1}`;
}

/** The page of one row. */
export function rowPage(base: string, at: number): string {
  return `${base}/draft/rows/${at + 1}`;
}

function sendStaleRow(visit: WorkVisit, body: FormBody, at: number): Promise<FastifyReply> {
  const { blocks } = visit.work;
  const { was } = readRow(body, at, `-${at}`);
  const found = findAgain(blocks, was, at);
  const deed = deedNamed(raw(body, 'do')) ?? 'set';
  const now = found < 0 ? Math.min(at, blocks.length - 1) : found;
  return now < 0
    ? sendNotFound(visit)
    : sendRow(visit, { at: now, was: at, body, deed, stale: found < 0 ? 'lost' : 'found' });
}
