import type { FastifyInstance } from 'fastify';
import type { Site } from '../../site.ts';
import { registerAssignment } from '../assignment/routes.ts';
import { showComments } from '../comments.ts';
import { takeDisposition } from '../disposition.ts';
import { showTemplates, takeTemplate } from '../templates/list.ts';
import { showTemplate, takeTemplateChange } from '../templates/one.ts';
import { forConsultation, forOfficers } from '../visit.ts';
import { takeScreenings } from './bulk.ts';
import { showComment } from './one.ts';
import { takeDispositionBack, takeNote, takeRedaction, takeScreening } from './one-deeds.ts';
import { showScreenTogether, takeScreenTogether } from './screen-together.ts';
import { takeBatchBack } from './take-back.ts';
import { showTogether, takeTogether } from './together.ts';

/** The pages about comments received: the list, one of them, many at once, and what is answered again and again. */
export function registerReceived(app: FastifyInstance, site: Site): void {
  app.get('/templates', forOfficers(site, 'dispose', showTemplates));
  app.post('/templates', forOfficers(site, 'dispose', takeTemplate));
  app.get('/templates/:template', forOfficers(site, 'dispose', showTemplate));
  app.post('/templates/:template', forOfficers(site, 'dispose', takeTemplateChange));
  app.get('/consultations/:id/comments', forConsultation(site, null, showComments));
  app.post('/consultations/:id/comments/screening', forConsultation(site, 'screen', takeScreenings));
  app.get('/consultations/:id/comments/screen-together', forConsultation(site, 'screen', showScreenTogether));
  app.post(
    '/consultations/:id/comments/screen-together',
    forConsultation(site, 'screen', takeScreenTogether),
  );
  app.get('/consultations/:id/comments/together', forConsultation(site, 'dispose', showTogether));
  app.post('/consultations/:id/comments/together', forConsultation(site, 'dispose', takeTogether));
  registerAssignment(app, site);
  app.post('/consultations/:id/comments/take-back', forConsultation(site, 'dispose', takeBatchBack));
  app.post(
    '/consultations/:id/comments/:comment/take-back',
    forConsultation(site, 'dispose', takeDispositionBack),
  );
  app.post('/consultations/:id/comments/:comment/notes', forConsultation(site, 'note', takeNote));
  app.get('/consultations/:id/comments/:comment', forConsultation(site, null, showComment));
  app.post('/consultations/:id/comments/:comment/screening', forConsultation(site, 'screen', takeScreening));
  app.post('/consultations/:id/comments/:comment/redaction', forConsultation(site, 'screen', takeRedaction));
  app.post(
    '/consultations/:id/comments/:comment/disposition',
    forConsultation(site, 'dispose', takeDisposition),
  );
}
