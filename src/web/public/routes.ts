import type { FastifyInstance } from 'fastify';
import type { Site } from '../site.ts';
import { registerCaptcha } from './captcha.ts';
import { registerCommentForm } from './comment-form.ts';
import { registerConsultation } from './consultation.ts';
import { registerHelp } from './help.ts';
import { registerHome } from './home.ts';
import { registerReceipt } from './receipt.ts';
import { registerSheets } from './sheets.ts';
import { registerSubmission } from './submission.ts';

/** Every address of the public side. */
export async function registerPublic(app: FastifyInstance, site: Site): Promise<void> {
  registerHome(app, site);
  registerHelp(app, site);
  registerConsultation(app, site);
  registerSheets(app, site);
  registerCommentForm(app, site);
  registerSubmission(app, site);
  registerCaptcha(app, site);
  registerReceipt(app, site);
}
