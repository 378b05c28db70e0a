import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyReply } from 'fastify';
import { saltBytes } from '../../../actions/seal.ts';
import { publishedConsultation } from '../../../db/consultations.ts';
import { receiptByToken } from '../../../db/receipts.ts';
import { type Asks, judgeSubmission, type Submission } from '../../../domain/comment.ts';
import { phaseOf } from '../../../domain/consultation.ts';
import type { Issue } from '../../../domain/issue.ts';
import { hrefIn, isLarge, scriptOf } from '../../frame.ts';
import type { Submit } from '../../submission-queue.ts';
import { attachedIds, gone, hasNewFiles } from '../attachments/form-files.ts';
import { type Arrived, goodToken, notFound, opened, renewed } from './arrived.ts';
import { versionIn } from './basket.ts';
import { sendCheckPage } from './check-page.ts';
import { firstFaulty, misquotes, submissionIn } from './judge.ts';
import { hasProof, wrongProof } from './proof-for.ts';
import { saysTheSame } from './says-the-same.ts';
import { sendTooLate } from './too-late.ts';
import { sendWritePage } from './write-page.ts';

/**
 * Stores a form and answers with the receipt, or with the page on which something must be put right. The consultation
 * is read only for forms that cannot be stored.
 */
export async function send(form: Arrived): Promise<FastifyReply> {
  const known = await form.published.consultation(form.number);
  if (!known) return notFound(form);
  const judged = await judge(form, known);
  if ('issues' in judged) return refuse(form, judged.issues);
  const { rates, limits } = form.site;
  rates.holdConsultation(form.number, limits.bursts);
  const receiptToken = form.site.random(18).toString('base64url');
  const result = await store(form, judged, receiptToken);
  if (result.kind === 'received' && result.receiptToken !== receiptToken)
    return repeat(form, judged, result.receiptToken);
  if (result.kind === 'received') {
    rates.countReceived(form.number, limits.bursts);
    return toReceipt(form, receiptToken);
  }
  if (result.kind === 'unknownConsultation') return notFound(form);
  if (result.kind === 'closed' || result.kind === 'notOpen') return refuse(form, []);
  if (result.kind === 'attachmentsGone') return refuse(form, [gone]);
  if (result.kind === 'wrongCaptcha') return refuse(form, [wrongProof(form)]);
  return refuse(form, [{ field: 'comments', key: result.kind }]);
}

/** A submission, or what must be put right; issues of comments are found again when their page is made. */
async function judge(
  form: Arrived,
  { id, asks }: { readonly id: number; readonly asks: Asks },
): Promise<Submission | { readonly issues: Issue[] }> {
  const { basket, published } = form;
  const quotes = basket.comments.some((comment) => comment.quotation !== '');
  const draft = quotes ? await published.draft(id, versionIn(basket)) : undefined;
  const input = submissionIn(basket, asks, draft);
  const judged = judgeSubmission(input, asks);
  const issues = 'issues' in judged ? judged.issues : misquotes(basket, input);
  if (!(await hasProof(form))) issues.push({ field: 'captcha', key: 'required' });
  issues.push(...(form.request.arrivedFiles?.issues ?? []));
  if (goodToken(form) === '') issues.push({ field: 'comments', key: 'expiredForm' });
  return issues.length > 0 ? { issues } : (judged as Submission);
}

function store(
  { site, number, basket }: Arrived,
  submission: Submission,
  receiptToken: string,
): ReturnType<Submit> {
  const { formToken = '', captchaId = '', captcha = '', work = '' } = basket.fields;
  const form = {
    consultationNumber: number,
    // Forms of ours name their version; 0 is none.
    draftVersion: versionIn(basket) ?? 0,
    formToken,
    receiptToken,
    salt: site.random(saltBytes),
    captcha: { id: captchaId, answer: captcha, work },
    submission,
  };
  return site.submit(form, attachedIds(basket));
}

/**
 * A form that was stored before leads to its receipt. Whoever went back and changed it is told so, and can send it as
 * a submission of its own: otherwise the receipt would hide that the new words were not taken.
 */
async function repeat(form: Arrived, submission: Submission, receiptToken: string): Promise<FastifyReply> {
  const receipt = await receiptByToken(form.site.db, receiptToken);
  const isSame =
    !receipt || (saysTheSame(receipt, submission) && !(await hasNewFiles(form.site, form.basket)));
  if (isSame) return toReceipt(form, receiptToken);
  const issue = { field: 'comments', key: 'alreadySent', values: { number: receipt.number } };
  return refuse(await renewed(form), [issue]);
}

// Written past Fastify's own sending, as pages are: no hook waits for it, and forms come in bursts.
function toReceipt({ request, reply }: Arrived, token: string): FastifyReply {
  const headers = reply.getHeaders() as OutgoingHttpHeaders;
  headers['location'] = hrefIn(isLarge(request), `/receipts/${token}`, scriptOf(request));
  headers['content-length'] = 0;
  reply.hijack();
  reply.raw.writeHead(303, headers).end();
  return reply;
}

/** Answers with the page on which it can be put right, or with the one that says it came too late; both keep every word. */
async function refuse(form: Arrived, issues: readonly Issue[]): Promise<FastifyReply> {
  const consultation = await publishedConsultation(form.site.db, form.number);
  if (!consultation) return notFound(form);
  if (issues.length === 0 || phaseOf(consultation, form.site.clock()) !== 'open')
    return sendTooLate(form, consultation);
  const shown = await opened(form, consultation);
  const faulty = firstFaulty(shown.basket, shown.draft);
  if (faulty)
    return sendWritePage({ ...shown, basket: { ...shown.basket, editing: faulty.index } }, faulty.issues);
  return sendCheckPage(shown, issues.map(onCheckPage));
}

/** The check page has no fields of single comments: what is wrong with all of them leads to where they stand. */
function onCheckPage(issue: Issue): Issue {
  return /-\d+$/.test(issue.field) ? { ...issue, field: 'comments' } : issue;
}
