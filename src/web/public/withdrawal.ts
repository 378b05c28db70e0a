import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { withdrawSubmission } from '../../actions/withdraw-submission.ts';
import { fill } from '../../domain/fill.ts';
import type { Issue } from '../../domain/issue.ts';
import { officialDeadline } from '../../domain/shanghai.ts';
import { type NoWithdrawal, whyNotWithdraw } from '../../domain/withdrawal.ts';
import { type FormBody, formState, raw } from '../forms.ts';
import { hrefIn, publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import { limited } from '../plugins/rate-limit.ts';
import { isFromHere } from '../plugins/security.ts';
import type { Site } from '../site.ts';
import { contactsOf } from './consultation.ts';
import { forItsHolder, type HeldReceipt, heldReceipt } from './receipt.ts';
import { clauseName } from './receipt-comments.ts';
import { crumbsOf, receiptAt } from './receipt-page.ts';

interface Visit {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly site: Site;
}

/** Withdrawal by the holder of a receipt: asked once more, then done once. */
export function registerWithdrawal(app: FastifyInstance, site: Site): void {
  const config = limited('forms', site.limits.forms);
  app.get<{ Params: { token: string } }>('/receipts/:token/withdraw', async (request, reply) => {
    const held = await heldReceipt(site, request.params.token);
    return held ? ask({ request, reply, site }, held) : reply.callNotFound();
  });
  app.post<{ Params: { token: string }; Body: FormBody | undefined }>(
    '/receipts/:token/withdraw',
    { config },
    async (request, reply) => {
      const held = await heldReceipt(site, request.params.token);
      if (!held) return reply.callNotFound();
      const good = site.formTokens.judge(subjectOf(held), raw(request.body ?? {}, 'formToken')) === 'good';
      const visit = { request, reply, site };
      if (good && isFromHere(request)) return withdraw(visit, held);
      return ask(visit, held, [{ field: 'withdraw', key: 'expiredForm' }]);
    },
  );
}

async function ask(visit: Visit, held: HeldReceipt, issues: readonly Issue[] = []): Promise<FastifyReply> {
  const { request, reply, site } = visit;
  const { receipt, consultation } = held;
  if (receipt.withdrawnAt) return backTo(visit, held);
  const why = whyNotWithdraw(consultation, receipt, site.clock());
  if (why) return refuse(visit, held, why);
  const page = {
    title: '撤回意见',
    crumbs: crumbsOf(consultation, receipt),
    number: receipt.number,
    closesAt: consultation.closesAt,
    count: receipt.comments.length,
    comments: receipt.comments.map((comment) => ({
      clause: clauseName(comment, site.sentences.notice.wholeDraft),
      text: opening(comment.text),
    })),
    receiptTo: receiptAt(receipt),
    postTo: `${receiptAt(receipt)}/withdraw`,
    formToken: site.formTokens.make(subjectOf(held)),
    form: formState({}, issues, site.sentences),
  };
  const status = issues.length > 0 ? 422 : 200;
  const frame = publicFrame(request, site);
  return sendPage(request, forItsHolder(reply), 'public/withdraw', page, frame, status);
}

async function withdraw(visit: Visit, held: HeldReceipt): Promise<FastifyReply> {
  const { reply, site } = visit;
  const result = await withdrawSubmission(site.db, held.receipt.token, site.clock);
  if (result.kind === 'withdrawn') return backTo(visit, held);
  if (result.kind !== 'unknownReceipt') return refuse(visit, held, result.kind);
  reply.callNotFound();
  return reply;
}

// The receipt has every word; here it is enough to know them again.
function opening(text: string): string {
  const characters = [...text];
  return characters.length > 60 ? `${characters.slice(0, 60).join('')}…` : text;
}

/** Says why it is not withdrawn (409), and whom to ask. */
function refuse({ request, reply, site }: Visit, held: HeldReceipt, why: NoWithdrawal) {
  const { receipt, consultation } = held;
  const closesAt = officialDeadline(consultation.closesAt);
  const page = {
    title: '这份意见没有撤回',
    crumbs: crumbsOf(consultation, receipt),
    number: receipt.number,
    text: fill(site.sentences.receipt.notWithdrawn[why], { closesAt }),
    receiptTo: receiptAt(receipt),
    contacts: contactsOf(consultation),
  };
  const frame = publicFrame(request, site);
  return sendPage(request, forItsHolder(reply), 'public/withdraw-refused', page, frame, 409);
}

function backTo({ request, reply, site }: Visit, { receipt }: HeldReceipt): FastifyReply {
  const { large, script } = publicFrame(request, site);
  return forItsHolder(reply).redirect(hrefIn(large, receiptAt(receipt), script), 303);
}

// A token for one receipt's withdrawal is good for nothing else.
function subjectOf({ receipt }: HeldReceipt): string {
  return `withdrawal of ${receipt.token}`;
}
