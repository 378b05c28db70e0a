import type { FastifyReply } from 'fastify';
import { chooseReminders } from '../../../actions/choose-reminders.ts';
import { wantsReminders } from '../../../db/reminders.ts';
import { type FormBody, type FormState, formState, raw } from '../../forms.ts';
import type { HintedChoice } from '../contexts.ts';
import { goTo, sendDesk } from '../page.ts';
import type { Visit } from '../visit.ts';
import { accountCrumbs } from './shared.ts';

export interface RemindersPage {
  readonly form: FormState;
  readonly choices: readonly HintedChoice[];
  /** Empty when they have none. */
  readonly email: string;
}

/** Where an officer chooses whether letters remind them. */
export async function showReminders(visit: Visit): Promise<FastifyReply> {
  const { site, officer } = visit;
  const wanted = await wantsReminders(site.db, officer.id);
  return sendReminders(visit, wanted ? 'yes' : 'no', 200);
}

/** Takes the choice. */
export async function takeReminders(visit: Visit): Promise<FastifyReply> {
  const { site, request, officer, now } = visit;
  const chosen = raw((request.body ?? {}) as FormBody, 'reminders');
  if (chosen !== 'yes' && chosen !== 'no') return sendReminders(visit, '', 422);
  await chooseReminders(site.db, officer, chosen === 'yes', now);
  return goTo(visit, '/desk/account/reminders?done=remindersSaved');
}

function sendReminders(visit: Visit, reminders: string, status: number): Promise<FastifyReply> {
  const { site, officer } = visit;
  const { desk } = site.sentences;
  const issues = status === 200 ? [] : [{ field: 'reminders', key: 'choose' }];
  const page = {
    title: desk.reminders,
    crumbs: accountCrumbs(visit),
    form: formState({ reminders }, issues, site.sentences),
    choices: (['yes', 'no'] as const).map((value) => ({ value, ...desk.reminderChoices[value] })),
    email: officer.email,
  };
  return sendDesk(visit, 'desk/reminders', page, status);
}
