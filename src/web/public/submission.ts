import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SubmissionResult } from '../../actions/submit-comments.ts';
import { captchaAnswer } from '../../db/captchas.ts';
import type { PublishedConsultation } from '../../db/consultations.ts';
import { judgeSubmission, type Submission } from '../../domain/comment.ts';
import { phaseOf } from '../../domain/consultation.ts';
import type { Issue } from '../../domain/issue.ts';
import { type FormBody, raw } from '../forms.ts';
import { hrefIn, isLarge } from '../frame.ts';
import { limited } from '../plugins/rate-limit.ts';
import { isFromHere } from '../plugins/security.ts';
import type { Site } from '../site.ts';
import { sendCommentForm } from './comment-form.ts';
import { sendNotStored } from './not-stored.ts';
import { sendTooLate } from './too-late.ts';
import { type Typed, typedIn } from './typed.ts';

/** Takes a comment form: answers with the receipt, or with the form and every word that was typed. */
export function registerSubmission(app: FastifyInstance, site: Site): void {
  // Counted once the body is there, so that a refusal can keep what was typed.
  const { rateLimit } = limited('submissions', site.limits.submissions);
  const config = { rateLimit: { ...rateLimit, hook: 'preHandler' as const } };
  app.post<{ Params: { number: string }; Body: FormBody | undefined }>(
    '/consultations/:number/comments',
    { config, errorHandler: refuseToStore(site) },
    async (request, reply) => {
      const consultation = await site.findPublished(request.params.number);
      if (!consultation) return reply.callNotFound();
      if (!isFromHere(request)) return sendNotStored(request, reply, site, 403);
      const typed = typedIn(request.body ?? {});
      if (raw(request.body ?? {}, 'refresh')) return again(request, reply, site, consultation, typed);
      return take(request, reply, site, consultation, typed);
    },
  );
}

/** Every failure here keeps what was typed; what we did not foresee is logged as everywhere. */
function refuseToStore(site: Site) {
  return async (error: FastifyError, request: FastifyRequest, reply: FastifyReply) => {
    const status = error.statusCode ?? 500;
    if (request.body === undefined || (status < 500 && status !== 429)) throw error;
    if (status >= 500) request.log.error({ message: error.message, stack: error.stack }, 'unforeseen');
    return sendNotStored(request, reply, site, status);
  };
}

/** The same page with another captcha. */
function again(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
): Promise<FastifyReply> {
  if (!isOpen(site, consultation)) return sendTooLate(request, reply, site, consultation, typed);
  const fresh = { ...typed, captcha: '', captchaId: '' };
  return sendCommentForm(request, reply, site, consultation, { typed: fresh, issues: [], status: 200 });
}

async function take(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
): Promise<FastifyReply> {
  const judged = judge(site, consultation, typed);
  if ('issues' in judged) return refuse(request, reply, site, consultation, typed, judged.issues);
  const result = await store(site, consultation, typed, judged);
  if (result.kind === 'received')
    return reply.redirect(hrefIn(isLarge(request), `/receipts/${result.receiptToken}`), 303);
  if (result.kind === 'unknownConsultation') {
    reply.callNotFound();
    return reply;
  }
  if (result.kind === 'closed' || result.kind === 'notOpen')
    return sendTooLate(request, reply, site, consultation, typed);
  const field = result.kind === 'wrongCaptcha' ? 'captcha' : 'clause';
  const used = { ...typed, captcha: '', captchaId: '' };
  return refuse(request, reply, site, consultation, used, [{ field, key: result.kind }]);
}

function judge(
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
): Submission | { readonly issues: Issue[] } {
  const { clause = '', stance = '', text = '', proposedWording = '' } = typed;
  const { commenterKind = '', name = '', phone = '', email = '', consent = '' } = typed;
  const comments = [{ clause, stance, text, proposedWording }];
  const judged = judgeSubmission({ comments, commenterKind, name, phone, email, consent });
  const issues = 'issues' in judged ? judged.issues : [];
  if (!typed['captcha']) issues.push({ field: 'captcha', key: 'required' });
  if (tokenOf(site, consultation, typed) === '') issues.push({ field: 'text', key: 'expiredForm' });
  return issues.length > 0 ? { issues } : (judged as Submission);
}

function store(
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
  submission: Submission,
): Promise<SubmissionResult> {
  const { formToken = '', captchaId = '', captcha = '' } = typed;
  return site.submit({
    consultationNumber: consultation.number,
    formToken,
    receiptToken: site.random(18).toString('base64url'),
    captcha: { id: captchaId, answer: captcha },
    submission,
  });
}

async function refuse(
  request: FastifyRequest,
  reply: FastifyReply,
  site: Site,
  consultation: PublishedConsultation,
  typed: Typed,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  if (!isOpen(site, consultation)) return sendTooLate(request, reply, site, consultation, typed);
  const formToken = tokenOf(site, consultation, typed);
  const good = typed['captchaId'] && (await captchaAnswer(site.db, typed['captchaId'], site.clock()));
  const kept = good ? { ...typed, formToken } : { ...typed, formToken, captcha: '', captchaId: '' };
  return sendCommentForm(request, reply, site, consultation, { typed: kept, issues, status: 422 });
}

/** The form's token while it is good, else empty. */
function tokenOf(site: Site, consultation: PublishedConsultation, typed: Typed): string {
  const { formToken = '' } = typed;
  return site.formTokens.judge(consultation.number, formToken) === 'good' ? formToken : '';
}

function isOpen(site: Site, consultation: PublishedConsultation): boolean {
  return phaseOf(consultation, site.clock()) === 'open';
}
