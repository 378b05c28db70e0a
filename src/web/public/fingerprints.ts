import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { keyIn, readingFrame } from '../frame.ts';
import { fingerprintOf, shortForm } from '../origin-marks.ts';
import { renderPage } from '../pages.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';
import { homeLink } from './links.ts';
import { printedPapers } from './papers/printed.ts';
import type { Link } from './shapes.ts';

/** The fingerprints of a consultation's papers, and how to compare them. */
export interface FingerprintsPage {
  readonly crumbs: readonly Link[];
  readonly draftName: string;
  readonly papers: readonly PaperFingerprint[];
}

export interface PaperFingerprint {
  readonly name: string;
  /** As papers print it. */
  readonly short: string;
  /** 64 hexadecimal digits. */
  readonly whole: string;
  /** Where the text under it is. */
  readonly textTo: string;
}

type Asked = { Params: { number: string; paper: string } };

/** Where somebody who holds a paper finds out whether it says what is published, with tools of their own. */
export function registerFingerprints(app: FastifyInstance, site: Site): void {
  app.get<Asked>('/consultations/:number/fingerprints', async (request, reply) => {
    const { number } = request.params;
    const frame = readingFrame(request, site);
    const key = keyIn(frame, `/consultations/${number}/fingerprints`);
    const sent = await site.cache.send(request, reply, key, async () => {
      const consultation = await publishedConsultation(site.db, number);
      if (!consultation) return undefined;
      const page = await fingerprintsPage(site, consultation);
      return { html: await renderPage(app, 'public/fingerprints', page, frame), validUntil: null };
    });
    if (!sent) reply.callNotFound();
    return reply;
  });

  const config = limited('documents', site.limits.documents);
  app.get<Asked>('/consultations/:number/fingerprints/:paper.json', { config }, async (request, reply) => {
    const { number, paper } = request.params;
    const consultation = await publishedConsultation(site.db, number);
    const printed = consultation && (await printedPapers(site, consultation));
    const text = await printed?.find(({ key }) => key === paper)?.canonical();
    if (text === undefined) return reply.callNotFound();
    return reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="${number}-${paper}.json"`)
      .header('cache-control', 'no-cache')
      .send(text);
  });
}

async function fingerprintsPage(
  site: Site,
  consultation: PublishedConsultation,
): Promise<FingerprintsPage & { readonly title: string }> {
  const { number, announcement } = consultation;
  const to = `/consultations/${number}`;
  const papers: PaperFingerprint[] = [];
  for (const { key, name, canonical } of await printedPapers(site, consultation)) {
    const text = await canonical();
    if (text === undefined) continue;
    const whole = fingerprintOf(text);
    papers.push({ name, short: shortForm(whole), whole, textTo: `${to}/fingerprints/${key}.json` });
  }
  return {
    title: '核对文件指纹',
    crumbs: [homeLink, { to, text: announcement.draftName }],
    draftName: announcement.draftName,
    papers,
  };
}
