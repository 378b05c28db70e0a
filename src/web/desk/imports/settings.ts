import type { FastifyReply } from 'fastify';
import { parseAgain } from '../../../actions/parse-again.ts';
import type { FormBody } from '../../forms.ts';
import { baseOf } from '../matter.ts';
import { goTo, sendNotFound } from '../page.ts';
import { revisionIn, wentStale } from '../stale.ts';
import { sendImport } from './one.ts';
import { settingsIn } from './setting-choices.ts';
import { importIn, lookAtWorkAgain, withWork } from './work.ts';

/** Divides an import's text again, with the settings of the form. */
export const takeSettings = withWork(async (visit): Promise<FastifyReply> => {
  const { site, request, officer, consultation, now } = visit;
  const one = importIn(visit);
  if (!one) return sendNotFound(visit);
  const body = (request.body ?? {}) as FormBody;
  const [settings, revision] = [settingsIn(body, site.sentences), revisionIn(body)];
  const input = { officer, id: consultation.id, revision, importId: one.id, settings };
  if (await wentStale(parseAgain(site.db, input, now)))
    return sendImport(await lookAtWorkAgain(visit), { settings, isStale: true });
  return goTo(visit, `${baseOf(consultation)}/imports/${one.id}?done=settingsTaken`);
});
