import { proofOffer } from '../../../db/captchas.ts';
import type { Issue } from '../../../domain/issue.ts';
import { piecesOfWork } from '../../../domain/proof.ts';
import { newCaptcha } from '../../captcha.ts';
import type { Arrived } from './arrived.ts';
import type { ProofView } from './contexts.ts';

/** How a form can be proven to come from a person: by the captcha it came with while that is good, else by a new one. */
export async function proofFor({ site, request, basket }: Arrived): Promise<ProofView> {
  const { captchaId = '' } = basket.fields;
  const known = captchaId === '' ? undefined : await proofOffer(site.db, captchaId, site.clock());
  if (known) return { captchaId, pieces: piecesOfWork, ...known };
  const { id, bits } = await newCaptcha(site, request);
  return { captchaId: id, pieces: piecesOfWork, bits, sentTo: '', confirmed: false };
}

/** Whether anything came with a form that may prove it, so that its captcha is worth using up. */
export async function hasProof({ site, basket }: Arrived): Promise<boolean> {
  const { captcha, work, captchaId = '' } = basket.fields;
  if (captcha || work) return true;
  return (await proofOffer(site.db, captchaId, site.clock()))?.confirmed ?? false;
}

/** What to say of a proof that was not good. Work that was done right is only too old: nothing was typed wrong. */
export function wrongProof({ basket }: Arrived): Issue {
  const { captcha, work } = basket.fields;
  return work && !captcha ? { field: 'proof', key: 'workTooOld' } : { field: 'captcha', key: 'wrongCaptcha' };
}
