import type { FastifyInstance } from 'fastify';
import type { Site } from '../../site.ts';
import { forConsultation, forOfficers } from '../visit.ts';
import { showAgencyMail } from './agency-mail.ts';
import { takeClauses } from './confirm.ts';
import { showConsultationMail } from './consultation-mail.ts';
import { takeDecision } from './decide.ts';
import { showOriginal } from './original.ts';

/** The pages about mailboxes and the messages in them. */
export function registerMail(app: FastifyInstance, site: Site): void {
  app.get('/consultations/:id/mail', forConsultation(site, null, showConsultationMail));
  app.post('/consultations/:id/mail/clauses', forConsultation(site, 'enter', takeClauses));
  app.get('/mail', forOfficers(site, null, showAgencyMail));
  app.post('/mail/:message', forOfficers(site, 'enter', takeDecision));
  app.get('/mail/:message/original', forOfficers(site, null, showOriginal));
}
