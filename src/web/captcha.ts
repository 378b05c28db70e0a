import type { FastifyRequest } from 'fastify';
import svgCaptcha, { type ConfigObject } from 'svg-captcha';
import { captchaAnswer, insertCaptcha } from '../db/captchas.ts';
import type { Deps } from '../deps.ts';
import { bitsOfWork } from '../domain/proof.ts';
import type { Site } from './site.ts';

// The package's types leave out that its export draws a given text.
const draw = svgCaptcha as unknown as (text: string, options: ConfigObject) => string;

// Without the letters and digits that look alike.
const alphabet = 'abcdefghjkmnpqrtuvwxy346789';
const lifetimeMs = 30 * 60_000;
const latelyMs = 10 * 60_000;

/**
 * Makes a captcha that is good once, for 30 minutes, on every process. A sender who asked for many lately gets more
 * bits of work.
 */
export async function newCaptcha(
  site: Site,
  request: FastifyRequest,
): Promise<{ readonly id: string; readonly bits: number }> {
  const id = site.random(16).toString('base64url');
  const answer = [...site.random(4)].map((byte) => alphabet[byte % alphabet.length]).join('');
  const bits = bitsOfWork(site.rates.countSender(request, 'captchas', latelyMs));
  const now = site.clock();
  await insertCaptcha(site.db, { id, answer, bits }, now, new Date(now.getTime() + lifetimeMs));
  return { id, bits };
}

/** The picture of a captcha that is still good, as SVG, or undefined. */
export async function captchaPicture(deps: Deps, id: string): Promise<string | undefined> {
  const answer = await captchaAnswer(deps.db, id, deps.clock());
  return answer && draw(answer, { noise: 2, color: false, width: 180, height: 60 });
}
