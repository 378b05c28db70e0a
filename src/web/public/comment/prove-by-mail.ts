import { createHmac } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { mailProof } from '../../../actions/mail-proof.ts';
import { looksLikeAddress } from '../../../domain/comment.ts';
import type { Issue } from '../../../domain/issue.ts';
import { codeDigits } from '../../../domain/proof.ts';
import type { Site } from '../../site.ts';
import type { Opened } from './arrived.ts';
import { sendCheckPage } from './check-page.ts';
import { proofFor } from './proof-for.ts';

/** Queues a letter that proves a person as the picture does, and shows the check page again with every word. */
export async function proveByMail(form: Opened): Promise<FastifyReply> {
  const { site, request, basket } = form;
  const { proofEmail: email = '' } = basket.fields;
  const issue = judge(email);
  if (issue) return sendCheckPage(form, [issue]);
  site.rates.holdSender(request, 'proofLetters', site.limits.proofLetters);
  const { captchaId, confirmed } = await proofFor(form);
  if (confirmed) return sendCheckPage(form);
  const proof = { captchaId, email, token: site.random(18).toString('base64url'), code: newCode(site) };
  const limit = { key: keyOf(site, email), ...site.limits.proofLettersTo };
  const result = await mailProof(site.db, proof, limit, site.clock());
  const shown = { ...form, basket: { ...basket, fields: { ...basket.fields, captchaId } } };
  return sendCheckPage(shown, result === 'tooMany' ? [{ field: 'proofEmail', key: 'tooManyLetters' }] : []);
}

function judge(email: string): Issue | undefined {
  if (email === '') return { field: 'proofEmail', key: 'required' };
  return looksLikeAddress(email) ? undefined : { field: 'proofEmail', key: 'notAnAddress' };
}

function newCode(site: Site): string {
  const number = site.random(6).readUIntBE(0, 6) % 10 ** codeDigits;
  return String(number).padStart(codeDigits, '0');
}

// Nobody can read an address from its count.
function keyOf({ config }: Site, email: string): string {
  return createHmac('sha256', config.secretKey)
    .update(`letters to\n${email.toLowerCase()}`)
    .digest('base64url');
}
