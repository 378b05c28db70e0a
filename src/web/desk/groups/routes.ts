import type { FastifyInstance } from 'fastify';
import type { Site } from '../../site.ts';
import { forConsultation } from '../visit.ts';
import { showGroups, takeGroupSearch } from './list.ts';
import { showGroup } from './one.ts';
import { takeAddition, takeDissolution, takeGroupDisposition, takeMembers } from './one-deeds.ts';
import { showSuggestion, takeSuggestion } from './suggestion.ts';

/** The pages of alike comments. */
export function registerGroups(app: FastifyInstance, site: Site): void {
  const at = '/consultations/:id/groups';
  app.get(at, forConsultation(site, null, showGroups));
  app.post(`${at}/search`, forConsultation(site, 'group', takeGroupSearch));
  app.get(`${at}/suggestions/:search/:position`, forConsultation(site, null, showSuggestion));
  app.post(`${at}/suggestions/:search/:position`, forConsultation(site, 'group', takeSuggestion));
  app.get(`${at}/:group`, forConsultation(site, null, showGroup));
  app.post(`${at}/:group/disposition`, forConsultation(site, 'dispose', takeGroupDisposition));
  app.post(`${at}/:group/members`, forConsultation(site, 'group', takeMembers));
  app.post(`${at}/:group/additions`, forConsultation(site, 'group', takeAddition));
  app.post(`${at}/:group/dissolution`, forConsultation(site, 'group', takeDissolution));
}
