import { captchaAnswer } from '../../../db/captchas.ts';
import { newCaptcha } from '../../captcha.ts';
import type { Site } from '../../site.ts';
import type { Basket } from './basket.ts';

/** The captcha that a form came with and what was typed for it, while it is good; else a new one. */
export async function captchaFor(
  site: Site,
  { captchaId = '', captcha = '' }: Basket['fields'],
): Promise<{ readonly captchaId: string; readonly captcha: string }> {
  const good = captchaId !== '' && (await captchaAnswer(site.db, captchaId, site.clock())) !== undefined;
  return good ? { captchaId, captcha } : { captchaId: await newCaptcha(site), captcha: '' };
}
