import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { publishedConsultation } from '../../../db/consultations.ts';
import { phaseOf } from '../../../domain/consultation.ts';
import { cleanLine } from '../../../domain/text.ts';
import { type FormBody, line } from '../../forms.ts';
import { askToWait, limited, TooMany } from '../../plugins/rate-limit.ts';
import { isFromHere } from '../../plugins/security.ts';
import type { Site } from '../../site.ts';
import { withArrived } from '../attachments/form-files.ts';
import { type Arrived, notFound, opened } from './arrived.ts';
import { basketIn } from './basket.ts';
import { sendNotStored } from './not-stored.ts';
import { keepPublished, type Published } from './published.ts';
import { send } from './send.ts';
import { takeStep } from './steps.ts';
import { sendTooLate } from './too-late.ts';
import { sendWritePage } from './write-page.ts';

interface Params {
  readonly number: string;
}

/** The comment form, over as many pages as a commenter needs: all of them carry it along, and none sets a cookie. */
export function registerComments(app: FastifyInstance, site: Site): void {
  const published = keepPublished(site.db);
  registerFirstPage(app, site, published);
  app.post<{ Params: Params; Body: FormBody | undefined }>(
    '/consultations/:number/comments',
    { config: { takesFiles: true }, errorHandler: refuseToStore(site, published) },
    async (request, reply) => {
      const asked = line(request.body ?? {}, 'do');
      // Counted once the body is there, so that a refusal can keep what was typed.
      const group = asked === 'send' ? 'submissions' : 'forms';
      site.rates.holdSender(request, group, site.limits[group]);
      const form = arrived(request, reply, site, published);
      if (!isFromHere(request)) return sendNotStored(form, 403);
      return asked === 'send' ? send(form) : takeStep(form, asked);
    },
  );
}

/** The page for writing on a clause (`?clause=`, in `?version=`) or on the whole draft. */
function registerFirstPage(app: FastifyInstance, site: Site, published: Published): void {
  const config = limited('forms', site.limits.forms);
  app.get<{ Params: Params; Querystring: Asked }>(
    '/consultations/:number/comments/new',
    { config },
    async (request, reply) => {
      const [clause, draftVersion] = [asked(request.query.clause), asked(request.query.version)];
      const body = { 'clause-0': clause, draftVersion, editing: '0', commenterKind: 'individual' };
      const { number } = request.params;
      const form: Arrived = { request, reply, site, published, number, basket: basketIn(body) };
      const consultation = await publishedConsultation(site.db, number);
      if (!consultation) return notFound(form);
      if (phaseOf(consultation, site.clock()) !== 'open') return sendTooLate(form, consultation);
      return sendWritePage(await opened(form, consultation));
    },
  );
}

type Asked = Readonly<Partial<Record<'clause' | 'version', string | string[]>>>;

function asked(value: string | string[] | undefined): string {
  return cleanLine(typeof value === 'string' ? value : '');
}

function arrived(request: FastifyRequest, reply: FastifyReply, site: Site, published: Published): Arrived {
  const { number } = request.params as Params;
  const basket = withArrived(basketIn((request.body ?? {}) as FormBody), request);
  return { request, reply, site, published, number, basket };
}

/** Every failure here keeps what was typed; what we did not foresee is logged as everywhere. */
function refuseToStore(site: Site, published: Published) {
  return async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (request.body === undefined) throw error;
    const form = arrived(request, reply, site, published);
    if (error instanceof TooMany) return sendNotStored(form, 429, askToWait(reply, error, site.sentences));
    const status = error.statusCode ?? 500;
    if (status === 413) return sendNotStored(form, 413, site.sentences.tooMuchSent);
    if (status < 500) throw error;
    request.log.error({ message: error.message, stack: error.stack }, 'unforeseen');
    return sendNotStored(form, status);
  };
}
