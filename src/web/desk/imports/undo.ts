import type { FastifyReply } from 'fastify';
import { redoEdit, undoEdit } from '../../../actions/undo-edit.ts';
import { type FormBody, raw } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import { sendDraft } from './draft-page.ts';
import { lookAtWorkAgain, type WorkVisit, withWork } from './work.ts';

/** Takes the last change of the draft back. */
export const takeUndo = withWork((visit) => step(visit, undoEdit, 'undone'));

/** Does the change again that was taken back last. */
export const takeRedo = withWork((visit) => step(visit, redoEdit, 'redone'));

async function step(visit: WorkVisit, deed: typeof undoEdit, done: string): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const page = String(Math.max(1, Number.parseInt(raw(body, 'page'), 10) || 1));
  const stepped = deed(site.db, { officer, id: consultation.id, revision: revisionIn(body) }, now);
  if (await wentStale(stepped))
    return sendDraft(await lookAtWorkAgain(visit), { page, stale: { found: [], lost: [] } });
  const said = (await stepped) ? `&done=${done}` : '';
  return goTo(visit, `${baseOf(consultation)}/draft?page=${page}${said}`);
}
