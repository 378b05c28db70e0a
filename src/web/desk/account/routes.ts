import type { FastifyInstance } from 'fastify';
import { limited } from '../../plugins/rate-limit.ts';
import type { Site } from '../../site.ts';
import { forOfficers, forSignedIn } from '../visit.ts';
import { showAccount, takeSessionEnd } from './account.ts';
import { showColleague, takeColleaguesDeed, takeColleaguesEmail, takeLink, takeNeed } from './colleague.ts';
import { showForgotten, showNewPassword, takeForgotten, takeNewPassword } from './forgotten.ts';
import { showOwnEmail, showOwnPassword, takeOwnEmail, takeOwnPassword } from './own.ts';
import {
  sendSecretQr,
  showSecondFactor,
  takeSecondFactor,
  takeSecondFactorChange,
  takeSecondFactorStart,
} from './second-factor.ts';
import { showSecondStep, takeSecondStep } from './second-step.ts';

/** Officers' accounts: their own, and those of colleagues for an administrator. */
export function registerAccounts(app: FastifyInstance, site: Site): void {
  const signIns = { config: limited('signIns', site.limits.signIns) };

  app.get('/sign-in/code', showSecondStep(site));
  app.post('/sign-in/code', signIns, takeSecondStep(site));
  app.get('/forgotten-password', showForgotten(site));
  app.post('/forgotten-password', signIns, takeForgotten(site));
  app.get('/password/:token', showNewPassword(site));
  app.post('/password/:token', signIns, takeNewPassword(site));

  app.get('/account', forOfficers(site, null, showAccount));
  app.post('/account/sessions', forOfficers(site, null, takeSessionEnd));
  app.get('/account/password', forOfficers(site, null, showOwnPassword));
  app.post('/account/password', forOfficers(site, null, takeOwnPassword));
  app.get('/account/email', forOfficers(site, null, showOwnEmail));
  app.post('/account/email', forOfficers(site, null, takeOwnEmail));
  app.get('/account/second-factor', forSignedIn(site, null, showSecondFactor));
  app.get('/account/second-factor/qr.svg', forSignedIn(site, null, sendSecretQr));
  app.post('/account/second-factor', forSignedIn(site, null, takeSecondFactor));
  app.post('/account/second-factor/start', forSignedIn(site, null, takeSecondFactorStart));
  app.post('/account/second-factor/change', forSignedIn(site, null, takeSecondFactorChange));

  app.post('/officers/second-factor', forOfficers(site, 'manageOfficers', takeNeed));
  app.get('/officers/:officer', forOfficers(site, 'manageOfficers', showColleague));
  app.post('/officers/:officer/email', forOfficers(site, 'manageOfficers', takeColleaguesEmail));
  app.post('/officers/:officer/link', forOfficers(site, 'manageOfficers', takeLink));
  app.post('/officers/:officer/deeds', forOfficers(site, 'manageOfficers', takeColleaguesDeed));
}
