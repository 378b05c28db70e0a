import type { FastifyInstance } from 'fastify';
import type { Site } from '../../site.ts';
import { forConsultation, forOfficers } from '../visit.ts';
import { showAssignment, takeAssignment } from './assign.ts';
import { showDepartment, takeDepartmentChange } from './department.ts';
import { showDepartments, takeDepartment } from './departments.ts';

/** Comments are given to officers and departments; the list of departments. */
export function registerAssignment(app: FastifyInstance, site: Site): void {
  app.get('/consultations/:id/comments/assignment', forConsultation(site, 'assign', showAssignment));
  app.post('/consultations/:id/comments/assignment', forConsultation(site, 'assign', takeAssignment));
  app.get('/departments', forOfficers(site, 'keepDepartments', showDepartments));
  app.post('/departments', forOfficers(site, 'keepDepartments', takeDepartment));
  app.get('/departments/:department', forOfficers(site, 'keepDepartments', showDepartment));
  app.post('/departments/:department', forOfficers(site, 'keepDepartments', takeDepartmentChange));
}
