import type { FastifyReply, FastifyRequest } from 'fastify';
import type { PublishedConsultation } from '../../../db/consultations.ts';
import type { Draft } from '../../../db/drafts.ts';
import { renewUnsent } from '../../../db/unsent-attachments.ts';
import type { Site } from '../../site.ts';
import { attachedIds } from '../attachments/form-files.ts';
import { type Basket, versionIn } from './basket.ts';
import type { Published } from './published.ts';

/** A comment form on its way. */
export interface Arrived {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly site: Site;
  readonly published: Published;
  /** The consultation's number, as the address says. */
  readonly number: string;
  readonly basket: Basket;
}

/** A form to be shown again, with its consultation and the version of the draft that it is about. */
export interface Opened extends Arrived {
  readonly consultation: PublishedConsultation;
  readonly draft: Draft | undefined;
}

/**
 * A form as its next page carries it: about the version that it was opened on, so that a comment stays with what its
 * writer read, else the newest; with its own token while that is good, else a new one.
 */
export async function opened(form: Arrived, consultation: PublishedConsultation): Promise<Opened> {
  const { basket, ...rest } = goodToken(form) ? form : await renewed(form);
  const draft = await form.published.draft(consultation.id, versionIn(basket));
  const fields = { ...basket.fields, draftVersion: String(draft?.version ?? '') };
  return { ...rest, consultation, draft, basket: { ...basket, fields } };
}

/** The same form with a new token; the files that were added under the old one go with it. */
export async function renewed(form: Arrived): Promise<Arrived> {
  const { site, number, basket } = form;
  const { formToken: old = '' } = basket.fields;
  const formToken = site.formTokens.make(number);
  const hasFiles = attachedIds(basket).length > 0 && site.formTokens.judge(number, old) !== 'forged';
  if (hasFiles) await renewUnsent(site.db, old, formToken, site.clock());
  return { ...form, basket: { ...basket, fields: { ...basket.fields, formToken } } };
}

/** The form's token while it is good, else empty. */
export function goodToken({ site, number, basket }: Arrived): string {
  const { formToken = '' } = basket.fields;
  return site.formTokens.judge(number, formToken) === 'good' ? formToken : '';
}

/** Answers that there is no such consultation. */
export function notFound({ reply }: Arrived): FastifyReply {
  reply.callNotFound();
  return reply;
}
