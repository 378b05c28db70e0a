import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../../db/consultations.ts';
import { latestDraft } from '../../../db/drafts.ts';
import { phaseOf } from '../../../domain/consultation.ts';
import { hrefIn, keyIn, readingFrame } from '../../frame.ts';
import { renderPage } from '../../pages.ts';
import type { Site } from '../../site.ts';
import { formAt, homeLink } from '../links.ts';
import { nextChange } from '../timing.ts';
import type { CommentsPage } from './contexts.ts';
import { beforeIn, shownPortion } from './portion.ts';

/**
 * Everything that was said about a draft, as far as it is shown, latest first (`?before=` a comment). It is the address of
 * a sent form, too: where nothing is shown, whoever asks for it gets the draft.
 */
export function registerShownComments(app: FastifyInstance, site: Site): void {
  app.get<{ Params: { number: string }; Querystring: { before?: unknown } }>(
    '/consultations/:number/comments',
    async (request, reply) => {
      const { number } = request.params;
      const before = beforeIn(request.query.before);
      const frame = readingFrame(request, site);
      const key = keyIn(frame, `/consultations/${number}/comments?before=${before ?? ''}`);
      const sent = await site.cache.send(request, reply, key, async () => {
        const consultation = await publishedConsultation(site.db, number);
        const page = consultation && (await commentsPage(site, consultation, before));
        if (!page) return undefined;
        const validUntil = nextChange(consultation, site.clock());
        return { html: await renderPage(app, 'public/comments', page, frame), validUntil };
      });
      if (sent) return reply;
      if (before !== null || !(await publishedConsultation(site.db, number))) return reply.callNotFound();
      const draft = hrefIn(frame.large, `/consultations/${encodeURIComponent(number)}#draft`, frame.script);
      return reply.header('cache-control', 'no-store').redirect(draft, 302);
    },
  );
}

async function commentsPage(
  site: Site,
  consultation: PublishedConsultation,
  before: number | null,
): Promise<(CommentsPage & { readonly title: string }) | undefined> {
  const draft = await latestDraft(site.db, consultation.id);
  const standing = draft && (await site.standingIn(consultation, draft));
  if (!standing) return undefined;
  const base = `/consultations/${consultation.number}`;
  const all = {
    clauseIds: 'all',
    clauseId: null,
    count: standing.total,
    to: `${base}/comments`,
    before,
  } as const;
  const shown = await shownPortion(site, consultation, standing, all);
  const { draftName } = consultation.announcement;
  const open = phaseOf(consultation, site.clock()) === 'open';
  return (
    shown && {
      title: `公众意见　${draftName}`,
      crumbs: [homeLink, { to: base, text: draftName }],
      draftName,
      shown,
      commentTo: open ? formAt(base, draft.version) : '',
    }
  );
}
