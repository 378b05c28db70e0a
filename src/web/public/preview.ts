import type { FastifyInstance } from 'fastify';
import { hashOf } from '../../actions/preview-links.ts';
import { agencyConsultation, type Consultation, isPublished } from '../../db/consultations.ts';
import { draftWork } from '../../db/draft-work.ts';
import { previewedBy } from '../../db/preview-links.ts';
import { hrefIn, publicFrame } from '../frame.ts';
import { sendPage } from '../pages.ts';
import type { Site } from '../site.ts';
import { blockViews } from './blocks.ts';
import type { PreviewPage } from './contexts.ts';
import { announcementLetter } from './letter.ts';
import { forItsHolder } from './receipt.ts';
import { workClauses } from './work-clauses.ts';

/** What is not published yet, behind a secret link; once it is published the link leads to the public page. */
export function registerPreview(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { token: string } }>('/previews/:token', async (request, reply) => {
    const frame = publicFrame(request, site);
    const link = await previewedBy(site.db, hashOf(request.params.token), site.clock());
    const consultation = link && (await agencyConsultation(site.db, link.agencyId, link.id));
    if (!consultation) {
      const gone = { ...site.sentences.desk.previewGone, reference: '' };
      return sendPage(request, forItsHolder(reply), 'public/error', gone, frame, 404);
    }
    if (isPublished(consultation)) {
      const to = hrefIn(frame.large, `/consultations/${consultation.number}`, frame.script);
      return forItsHolder(reply).redirect(to, 303);
    }
    const page = await previewPage(site, consultation, link.expiresAt);
    return sendPage(request, forItsHolder(reply), 'public/preview', page, frame);
  });
}

async function previewPage(
  site: Site,
  consultation: Consultation,
  expiresAt: Date,
): Promise<PreviewPage & { readonly title: string }> {
  const { announcement, opensAt, closesAt } = consultation;
  const { contactPerson, phone, fax, mailbox, address, postcode } = announcement;
  return {
    title: announcement.title || announcement.draftName,
    agencyName: announcement.agencyName,
    expiresAt,
    opensAt,
    closesAt,
    announcement: announcementLetter(announcement),
    reasonForShortening: announcement.reasonForShortening,
    contacts: { contactPerson, phone, fax, mailbox, address, postcode },
    blocks: blockViews(workClauses(await draftWork(site.db, consultation.id)), ''),
  };
}
