import { addImport } from '../src/actions/add-import.ts';
import { closeConsultations } from '../src/actions/close-consultations.ts';
import { drawUp } from '../src/actions/draw-up.ts';
import { publishConsultation } from '../src/actions/publish-consultation.ts';
import { publishVersion } from '../src/actions/publish-version.ts';
import { saveAnnouncement } from '../src/actions/save-announcement.ts';
import { signNotice } from '../src/actions/sign-notice.ts';
import { startConsultation } from '../src/actions/start-consultation.ts';
import { startVersion } from '../src/actions/start-version.ts';
import {
  type SubmissionForm,
  type SubmissionResult,
  submitComments,
} from '../src/actions/submit-comments.ts';
import { insertCaptcha } from '../src/db/captchas.ts';
import { agencyConsultation, type PublishedConsultation } from '../src/db/consultations.ts';
import type { Db } from '../src/db/session.ts';
import { rememberVersions } from '../src/db/submitting.ts';
import type { NoticeWords } from '../src/domain/feedback-notice.ts';
import type { Officer } from '../src/domain/officer.ts';
import { officialDeadline } from '../src/domain/shanghai.ts';
import { isWorkingDay } from '../src/workdays.ts';
import { paste } from './fixtures/paste.ts';

/**
 * A consultation of our own text, published at `now`; it closes on 10 April 2026 at 18:00 unless `closesAt` says else.
 * `wanted` changes what it asks of people, whether it shows comments, and its text.
 */
export async function publish(
  db: Db,
  officer: Officer,
  now: Date,
  closesAt = new Date('2026-04-10T18:00:00+08:00'),
  {
    source = paste(),
    ...wanted
  }: Partial<Pick<PublishedConsultation, 'asks' | 'showsComments'>> & { readonly source?: string } = {},
): Promise<PublishedConsultation> {
  const id = await startConsultation(db, { officer, kind: 'other', source }, now);
  const fresh = await consultationOf(db, officer, id);
  const { revision, kind, announcement, asks, showsComments } = fresh;
  const text = announcement.text.replaceAll('2026年4月10日下午6时', officialDeadline(closesAt));
  const said = { ...announcement, text };
  const saved = { kind, opensAt: now, closesAt, announcement: said, asks, showsComments, ...wanted };
  await saveAnnouncement(db, { officer, id, revision, ...saved }, now);
  const result = await publishConsultation(db, { officer, id, revision: revision + 1 }, isWorkingDay, now);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return consultationOf(db, officer, id);
}

/** Publishes the next version of a consultation's draft, from a pasted text; gives its number. */
export async function publishNext(
  db: Db,
  officer: Officer,
  { id }: Pick<PublishedConsultation, 'id'>,
  source: string,
  now: Date,
): Promise<number> {
  await startVersion(db, { officer, id }, now);
  await addImport(db, { officer, id, source }, now);
  const { revision, announcement } = await consultationOf(db, officer, id);
  const words = { title: announcement.draftName, note: '按照收到的意见作了修改。' };
  const result = await publishVersion(db, { officer, id, revision, ...words }, now);
  if ('issues' in result) throw new Error(JSON.stringify(result.issues));
  return result.version;
}

/** The consultation as it stands now. */
export async function consultationOf(db: Db, officer: Officer, id: number): Promise<PublishedConsultation> {
  const found = await agencyConsultation(db, officer.agencyId, id);
  if (!found) throw new Error(`no consultation ${id}`);
  return found as PublishedConsultation;
}

let made = 0;

/** A form with a captcha that is good at `now`; every call is another form. */
export async function form(
  db: Db,
  consultationNumber: string,
  now: Date,
  change: Partial<SubmissionForm['submission']> & { readonly clause?: string; readonly text?: string } = {},
): Promise<SubmissionForm> {
  made += 1;
  const captcha = { id: `captcha-${made}`, answer: 'abcd', work: '' };
  await insertCaptcha(db, { ...captcha, bits: 16 }, now, new Date(now.getTime() + 600_000));
  const { clause = 'art_3', text = '建议写明检测项目。', ...rest } = change;
  return {
    consultationNumber,
    draftVersion: 1,
    formToken: `form-${made}`,
    receiptToken: `receipt-${made}`,
    salt: Buffer.alloc(16, made),
    captcha,
    submission: {
      comments: [{ clause, stance: 'amend', text, proposedWording: '', quotation: null }],
      commenterKind: 'individual',
      name: '',
      phone: '',
      email: '',
      consent: 'withoutName',
      ...rest,
    },
  };
}

/** Sends one form at an instant. */
export async function submit(db: Db, one: SubmissionForm, now: Date): Promise<SubmissionResult> {
  const [result] = await submitComments(db, [one], rememberVersions(db), () => now);
  if (!result) throw new Error('no result');
  return result;
}

/** Lets the deadline pass and closes. */
export function close(db: Db, consultation: PublishedConsultation): Promise<number> {
  return closeConsultations(db, consultation.closesAt);
}

/** Signs the notice as it reads now. */
export async function sign(
  db: Db,
  officer: Officer,
  consultation: PublishedConsultation,
  words: NoticeWords,
  now: Date,
): Promise<void> {
  const { seen } = await drawUp(db, consultation, words, now);
  await signNotice(db, { officer, consultationId: consultation.id, seen }, words, now);
}
