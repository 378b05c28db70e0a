import type { FastifyReply } from 'fastify';
import { publishedConsultation } from '../../../db/consultations.ts';
import { removeUnsent } from '../../../db/unsent-attachments.ts';
import { mostComments } from '../../../domain/comment.ts';
import { phaseOf } from '../../../domain/consultation.ts';
import { attachedIds, withIds } from '../attachments/form-files.ts';
import { type Arrived, notFound, type Opened, opened } from './arrived.ts';
import { type Basket, indexIn, moved, restored, withComment, without, withoutEmpty } from './basket.ts';
import { sendCheckPage } from './check-page.ts';
import { firstFaulty, issuesOf } from './judge.ts';
import { sendPickPage } from './pick-page.ts';
import { proveByMail } from './prove-by-mail.ts';
import { sendTooLate } from './too-late.ts';
import { sendWritePage } from './write-page.ts';

const tooMany = { field: 'comments', key: 'tooManyComments', values: { limit: mostComments } };

/** Goes to the page that was asked for, with all that was typed; nothing is stored. An unknown step leads to checking. */
export async function takeStep(form: Arrived, asked: string): Promise<FastifyReply> {
  const consultation = await publishedConsultation(form.site.db, form.number);
  if (!consultation) return notFound(form);
  if (phaseOf(consultation, form.site.clock()) !== 'open') return sendTooLate(form, consultation);
  const [verb = '', argument = ''] = asked.split(':', 2);
  return go(await opened(form, consultation), verb, argument);
}

function go(form: Opened, verb: string, argument: string): Promise<FastifyReply> {
  const { basket } = form;
  const index = indexIn(argument, basket.comments.length);
  const refused = form.request.arrivedFiles?.issues ?? [];
  if (refused.length > 0) return sendCheckPage(form, refused);
  if (verb === 'detach') return detach(form, Number(argument));
  if (verb === 'pick') return pick(form);
  if (verb === 'move' && basket.editing !== null) return sendPickPage(form);
  if (verb === 'moveTo' && basket.editing !== null)
    return sendWritePage(holding(form, moved(basket, argument)));
  if (verb === 'write') return write(form, argument);
  if (verb === 'edit' && index !== null) return sendWritePage(holding(form, { ...basket, editing: index }));
  if (verb === 'remove' && index !== null) return rest(holding(form, without(basket, index)));
  if (verb === 'restore') return rest(holding(form, restored(basket)));
  if (verb === 'proveByMail') return proveByMail(form);
  return check(verb === 'captcha' ? holding(form, withoutCaptcha(basket)) : form);
}

function withoutCaptcha(basket: Basket): Basket {
  return { ...basket, fields: { ...basket.fields, captcha: '', captchaId: '', work: '' } };
}

function holding(form: Opened, basket: Basket): Opened {
  return { ...form, basket };
}

/** To the draft, for one more comment; what was begun must be right first. */
function pick(form: Opened): Promise<FastifyReply> {
  const basket = withoutEmpty(form.basket);
  const issues = basket.editing === null ? [] : issuesOf(basket, basket.editing, form.draft);
  if (issues.length > 0) return sendWritePage(form, issues);
  return sendPickPage(holding(form, { ...basket, editing: null }));
}

function write(form: Opened, clause: string): Promise<FastifyReply> {
  const { basket } = form;
  if (basket.comments.length < mostComments) return sendWritePage(holding(form, withComment(basket, clause)));
  return sendCheckPage(form, [tooMany]);
}

async function detach(form: Opened, id: number): Promise<FastifyReply> {
  const { formToken = '' } = form.basket.fields;
  await removeUnsent(form.site.db, formToken, id || 0);
  const left = attachedIds(form.basket).filter((each) => each !== id);
  return sendCheckPage(holding(form, withIds(form.basket, left)));
}

function rest(form: Opened): Promise<FastifyReply> {
  return form.basket.comments.length > 0 ? sendCheckPage(form) : sendPickPage(form);
}

function check(form: Opened): Promise<FastifyReply> {
  const { comments } = form.basket;
  if (comments.length === 0) return sendPickPage(form);
  const tidy = comments.length > 1 ? holding(form, withoutEmpty(form.basket)) : form;
  const faulty = firstFaulty(tidy.basket, form.draft);
  if (!faulty) return sendCheckPage(tidy, comments.length > mostComments ? [tooMany] : []);
  return sendWritePage(holding(tidy, { ...tidy.basket, editing: faulty.index }), faulty.issues);
}
