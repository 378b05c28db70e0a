import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { saltBytes } from '../../actions/seal.ts';
import type { SubmissionResult } from '../../actions/submit-comments.ts';
import { captchaAnswer } from '../../db/captchas.ts';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { judgeSubmission, type Submission } from '../../domain/comment.ts';
import { phaseOf } from '../../domain/consultation.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, raw } from '../forms.ts';
import { hrefIn, isLarge, scriptOf } from '../frame.ts';
import { askToWait, TooMany } from '../plugins/rate-limit.ts';
import { isFromHere } from '../plugins/security.ts';
import type { Site } from '../site.ts';
import { sendCommentForm } from './comment-form.ts';
import { sendNotStored } from './not-stored.ts';
import { sendTooLate } from './too-late.ts';
import { type Typed, typedIn, versionIn } from './typed.ts';

/** Takes a comment form: answers with the receipt, or with the form and every word that was typed. */
export function registerSubmission(app: FastifyInstance, site: Site): void {
  app.post<{ Params: { number: string }; Body: FormBody | undefined }>(
    '/consultations/:number/comments',
    { errorHandler: refuseToStore(site) },
    async (request, reply) => {
      // Counted once the body is there, so that a refusal can keep what was typed.
      site.rates.holdSender(request, 'submissions', site.limits.submissions);
      if (!isFromHere(request)) return sendNotStored(request, reply, site, 403);
      const body = request.body ?? {};
      const form: Arrived = { request, reply, site, number: request.params.number, typed: typedIn(body) };
      return raw(body, 'refresh') ? again(form) : take(form);
    },
  );
}

/** A form on its way; the consultation is read only for those that cannot be stored. */
interface Arrived {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly site: Site;
  readonly number: string;
  readonly typed: Typed;
}

/** Every failure here keeps what was typed; what we did not foresee is logged as everywhere. */
function refuseToStore(site: Site) {
  return async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    if (error instanceof TooMany && request.body !== undefined)
      return sendNotStored(request, reply, site, 429, askToWait(reply, error, site.sentences));
    const status = error.statusCode ?? 500;
    if (request.body === undefined || status < 500) throw error;
    request.log.error({ message: error.message, stack: error.stack }, 'unforeseen');
    return sendNotStored(request, reply, site, status);
  };
}

/** The same page with another captcha. */
async function again(form: Arrived): Promise<FastifyReply> {
  const { request, reply, site, typed } = form;
  const consultation = await publishedConsultation(site.db, form.number);
  if (!consultation) return notFound(form);
  if (!isOpen(site, consultation)) return sendTooLate(request, reply, site, consultation, typed);
  const fresh = { ...typed, captcha: '', captchaId: '' };
  return sendCommentForm(request, reply, site, consultation, { typed: fresh, issues: [], status: 200 });
}

async function take(form: Arrived): Promise<FastifyReply> {
  const { request, reply, site, typed } = form;
  const judged = judge(form);
  if ('issues' in judged) return refuse(form, judged.issues);
  site.rates.holdConsultation(form.number, site.limits.bursts);
  const result = await store(form, judged);
  if (result.kind === 'received') {
    site.rates.countReceived(form.number, site.limits.bursts);
    return reply.redirect(
      hrefIn(isLarge(request), `/receipts/${result.receiptToken}`, scriptOf(request)),
      303,
    );
  }
  if (result.kind === 'unknownConsultation') return notFound(form);
  if (result.kind === 'closed' || result.kind === 'notOpen') return refuse(form, []);
  const field = result.kind === 'wrongCaptcha' ? 'captcha' : 'clause';
  const used = { ...typed, captcha: '', captchaId: '' };
  return refuse({ ...form, typed: used }, [{ field, key: result.kind }]);
}

function judge(form: Arrived): Submission | { readonly issues: Issue[] } {
  const { clause = '', stance = '', text = '', proposedWording = '' } = form.typed;
  const { commenterKind = '', name = '', phone = '', email = '', consent = '' } = form.typed;
  const comments = [{ clause, stance, text, proposedWording, quotation: null }];
  const asks = { name: 'optional', phone: 'optional', email: 'optional' } as const;
  const judged = judgeSubmission({ comments, commenterKind, name, phone, email, consent }, asks);
  const issues =
    'issues' in judged
      ? judged.issues.map((issue) => ({ ...issue, field: issue.field.replace('-0', '') }))
      : [];
  if (!form.typed['captcha']) issues.push({ field: 'captcha', key: 'required' });
  if (tokenOf(form) === '') issues.push({ field: 'text', key: 'expiredForm' });
  return issues.length > 0 ? { issues } : (judged as Submission);
}

function store({ site, number, typed }: Arrived, submission: Submission): Promise<SubmissionResult> {
  const { formToken = '', captchaId = '', captcha = '', work = '' } = typed;
  return site.submit({
    consultationNumber: number,
    draftVersion: versionIn(typed),
    formToken,
    receiptToken: site.random(18).toString('base64url'),
    salt: site.random(saltBytes),
    captcha: { id: captchaId, answer: captcha, work },
    submission,
  });
}

/** Answers with the form, or with the page that says it came too late; both keep every word. */
async function refuse(form: Arrived, issues: readonly Issue[]): Promise<FastifyReply> {
  const { request, reply, site, typed } = form;
  const consultation = await publishedConsultation(site.db, form.number);
  if (!consultation) return notFound(form);
  if (issues.length === 0 || !isOpen(site, consultation))
    return sendTooLate(request, reply, site, consultation, typed);
  const formToken = tokenOf(form);
  const good = typed['captchaId'] && (await captchaAnswer(site.db, typed['captchaId'], site.clock()));
  const kept = good ? { ...typed, formToken } : { ...typed, formToken, captcha: '', captchaId: '' };
  return sendCommentForm(request, reply, site, consultation, { typed: kept, issues, status: 422 });
}

/** The form's token while it is good, else empty. */
function tokenOf({ site, number, typed }: Arrived): string {
  const { formToken = '' } = typed;
  return site.formTokens.judge(number, formToken) === 'good' ? formToken : '';
}

function notFound({ reply }: Arrived): FastifyReply {
  reply.callNotFound();
  return reply;
}

function isOpen(site: Site, consultation: PublishedConsultation): boolean {
  return phaseOf(consultation, site.clock()) === 'open';
}
