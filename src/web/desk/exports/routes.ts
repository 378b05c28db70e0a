import type { FastifyInstance } from 'fastify';
import { tableFormats } from '../../exports/send.ts';
import { formats } from '../../public/downloads.ts';
import type { Site } from '../../site.ts';
import { forConsultation } from '../visit.ts';
import { sendComments, takeNamedExport } from './list.ts';
import { showExports } from './page.ts';
import { sendSummary } from './summary.ts';
import { sendSummaryPaper } from './summary-paper.ts';

/** What an office takes away of a consultation, as files. */
export function registerExports(app: FastifyInstance, site: Site): void {
  app.get('/consultations/:id/exports', forConsultation(site, null, showExports));
  for (const format of tableFormats) {
    app.get(`/consultations/:id/exports/summary.${format}`, forConsultation(site, null, sendSummary(format)));
    app.get(
      `/consultations/:id/exports/comments.${format}`,
      forConsultation(site, null, sendComments(format)),
    );
  }
  for (const format of formats)
    app.get(
      `/consultations/:id/exports/summary.${format}`,
      forConsultation(site, null, sendSummaryPaper(format)),
    );
  app.post('/consultations/:id/exports/named', forConsultation(site, 'exportNames', takeNamedExport));
}
