import { CompiledQuery } from 'kysely';
import { checkChannels } from '../src/actions/check-channels.ts';
import { drawUp } from '../src/actions/draw-up.ts';
import { publishNotice } from '../src/actions/publish-notice.ts';
import { signNotice } from '../src/actions/sign-notice.ts';
import { tallyComments } from '../src/actions/tally-comments.ts';
import { agencyConsultation, isPublished } from '../src/db/consultations.ts';
import { insertOfficer } from '../src/db/officers.ts';
import { type Db, transaction } from '../src/db/session.ts';
import { openChannels } from '../src/domain/announcement-issues.ts';
import type { Officer } from '../src/domain/officer.ts';
import { loadSentences } from '../src/sentences.ts';
import { afterClosing } from './desk-stored.ts';

/** The wordings that notices are drawn up with. */
export const words = loadSentences().notice;

/** The notice as the data have it. */
export async function drawUpNow(db: Db, { agencyId }: Officer, consultationId: number) {
  const consultation = await agencyConsultation(db, agencyId, consultationId);
  if (!consultation || !isPublished(consultation)) throw new Error('the consultation is gone');
  return drawUp(db, consultation, words, afterClosing());
}

/** Disposes of what is left and ticks the channels; gives somebody who may sign. */
export async function prepareSigning(db: Db, officer: Officer, consultationId: number): Promise<Officer> {
  const now = afterClosing();
  const { agencyId } = officer;
  for (let tenth = 0; tenth < 10; tenth++) await db.executeQuery(CompiledQuery.raw(disposeRest, [tenth]));
  for (const _ of [1, 2]) await tallyComments(db);
  const consultation = await agencyConsultation(db, agencyId, consultationId);
  const checked = consultation ? openChannels(consultation.announcement) : [];
  await checkChannels(db, { officer, consultationId, checked }, now);
  const person = { login: 'approver', name: '方令仪', role: 'approver' as const, passwordHash: 'none' };
  await transaction(db, (trx) => insertOfficer(trx, { ...person, agencyId }, now));
  return officerOf(db, 'approver');
}

const disposeRest = `
  insert into dispositions (comment_id, outcome, reason, officer_id, created_at)
  select k.id, 'adopted', '', o.id, now() from comments k, officers o
  where o.login = 'bench' and k.id % 10 = 0 and k.id / 10 % 10 = $1`;

/** Has the notice signed and published, whatever it takes. */
export async function signAndPublish(db: Db, officer: Officer, consultationId: number): Promise<void> {
  const approver = await prepareSigning(db, officer, consultationId);
  const { seen } = await drawUpNow(db, officer, consultationId);
  await signNotice(db, { officer: approver, consultationId, seen }, words, afterClosing());
  await publishNotice(db, { officer, consultationId }, afterClosing());
}

/** The officer with a login. */
export async function officerOf(db: Db, login: string): Promise<Officer> {
  const statement = 'select id, agency_id as "agencyId", name, role from officers where login = $1';
  const { rows } = await db.executeQuery<Officer>(CompiledQuery.raw(statement, [login]));
  if (!rows[0]) throw new Error(`no officer ${login}`);
  return rows[0];
}
