import type { FastifyInstance, FastifyPluginAsync } from 'fastify';
import type { Site } from '../site.ts';
import { registerAttachment } from './attachment.ts';
import { registerArrival } from './attachments/arrival.ts';
import { registerCaptcha } from './captcha.ts';
import { registerChanges } from './changes.ts';
import { registerClause } from './clause.ts';
import { registerComments } from './comment/routes.ts';
import { registerConsultation } from './consultation.ts';
import { registerDownloads } from './downloads.ts';
import { registerFingerprints } from './fingerprints.ts';
import { registerHelp } from './help.ts';
import { registerHome } from './home.ts';
import { registerMarks } from './marks.ts';
import { registerNotices } from './notices.ts';
import { registerOpenData } from './open-data/routes.ts';
import { registerOutcomes } from './outcomes.ts';
import { registerPreview } from './preview.ts';
import { registerProofs } from './proofs.ts';
import { registerReceipt } from './receipt.ts';
import { registerReceiptFiles } from './receipt-files.ts';
import { registerSheets } from './sheets.ts';
import { registerShownComments } from './shown/routes.ts';
import { registerVersion } from './version.ts';
import { registerWithdrawal } from './withdrawal.ts';

/** Every address of the public side. */
export async function registerPublic(app: FastifyInstance, site: Site): Promise<void> {
  registerHome(app, site);
  registerHelp(app, site);
  registerConsultation(app, site);
  registerClause(app, site);
  registerVersion(app, site);
  registerShownComments(app, site);
  registerChanges(app, site);
  registerSheets(app, site);
  registerMarks(app, site);
  registerFingerprints(app, site);
  registerPreview(app, site);
  registerDownloads(app, site);
  registerOutcomes(app, site);
  registerOpenData(app, site);
  registerNotices(app, site);
  // In a scope of their own: pages for reading need not wait for what files need.
  const forms: FastifyPluginAsync = async (scope) => {
    await registerArrival(scope, site);
    registerComments(scope, site);
  };
  await app.register(forms);
  registerCaptcha(app, site);
  registerProofs(app, site);
  registerReceipt(app, site);
  registerReceiptFiles(app, site);
  registerAttachment(app, site);
  registerWithdrawal(app, site);
}
