import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { checkChannels } from '../actions/check-channels.ts';
import { closeConsultation } from '../actions/close-consultations.ts';
import { disposeOfComment } from '../actions/dispose-of-comment.ts';
import { drawUp, fingerprint } from '../actions/draw-up.ts';
import { hashPassword } from '../actions/passwords.ts';
import { publishConsultation } from '../actions/publish-consultation.ts';
import { publishNotice } from '../actions/publish-notice.ts';
import { saveAnnouncement } from '../actions/save-announcement.ts';
import { signNotice } from '../actions/sign-notice.ts';
import { startConsultation } from '../actions/start-consultation.ts';
import { type DeskComment, deskComments } from '../db/comments.ts';
import { agencyConsultation, type Consultation } from '../db/consultations.ts';
import { type Draft, latestDraft } from '../db/drafts.ts';
import { ensureAgency, insertOfficer } from '../db/officers.ts';
import { transaction } from '../db/session.ts';
import { insertSubmissions, type NewSubmission } from '../db/submissions.ts';
import type { Deps } from '../deps.ts';
import { openChannels } from '../domain/announcement-issues.ts';
import type { Officer, Role } from '../domain/officer.ts';
import { addDays, dayMs, dayOf, officialDay, officialDeadline, startOf } from '../domain/shanghai.ts';
import { root } from '../root.ts';
import { type Sample, sampleAgencies, sampleOfficers, samples } from './samples.ts';

/** A sample officer with the password shown at start. */
export interface SamplePassword {
  readonly login: string;
  readonly role: Role;
  readonly password: string;
}

/** The sample officers' passwords: made from the secret key, so that every start can show them again. */
export function samplePasswords(secretKey: string): SamplePassword[] {
  return sampleOfficers.map(({ login, role }) => {
    const password = createHmac('sha256', secretKey)
      .update(`sample officer ${login}`)
      .digest('hex')
      .slice(0, 12);
    return { login, role, password };
  });
}

/** Fills an empty database with sample agencies, officers and a consultation in every phase, by the clock. */
export async function seedSamples(deps: Deps): Promise<void> {
  const now = deps.clock();
  const officers = await seedOfficers(deps, now);
  for (const sample of samples) await seedSample(deps, sample, officers, now);
}

type Officers = ReadonlyMap<string, { readonly caseworker: Officer; readonly approver: Officer }>;

async function seedOfficers(deps: Deps, now: Date): Promise<Officers> {
  const passwords = new Map(
    samplePasswords(deps.config.secretKey).map((each) => [each.login, each.password]),
  );
  const made: (Officer & { readonly agency: string })[] = [];
  for (const agency of sampleAgencies) {
    for (const officer of sampleOfficers.filter((each) => each.agency === agency.key)) {
      const passwordHash = await hashPassword(passwords.get(officer.login) ?? '');
      await transaction(deps.db, async (trx) => {
        const agencyId = await ensureAgency(trx, agency, now);
        const id = await insertOfficer(trx, { ...officer, agencyId, passwordHash, isSample: true }, now);
        made.push({ id, agencyId, name: officer.name, role: officer.role, agency: agency.key });
      });
    }
  }
  const find = (key: string, role: Role) =>
    made.find((each) => each.agency === key && each.role === role) as Officer;
  return new Map(
    sampleAgencies.map(({ key }) => [
      key,
      { caseworker: find(key, 'caseworker'), approver: find(key, 'approver') },
    ]),
  );
}

async function seedSample(deps: Deps, sample: Sample, all: Officers, now: Date): Promise<void> {
  const officers = all.get(sample.agency);
  if (!officers) throw new Error(`no officers for the sample ${sample.key}`);
  const opensDay = addDays(dayOf(now), sample.opensInDays);
  const opensAt = new Date(startOf(opensDay).getTime() + 9 * 3_600_000);
  const closesDay = addDays(dayOf(now), sample.closesInDays);
  const closesAt = new Date(startOf(closesDay).getTime() + sample.closesAtHour * 3_600_000);
  // An upcoming one was published in the past, for a start that is still to come.
  const publishedAt = opensAt < now ? opensAt : now;
  const source = textOf(sample, dayOf(publishedAt), closesAt);

  const id = await startConsultation(
    deps.db,
    { officer: officers.caseworker, kind: sample.kind, source },
    publishedAt,
  );
  const fresh = await consultationOf(deps, officers.caseworker, id);
  const { revision, announcement } = fresh;
  await saveAnnouncement(
    deps.db,
    {
      officer: officers.caseworker,
      id,
      revision,
      kind: sample.kind,
      opensAt,
      closesAt,
      announcement: { ...announcement, siteName: sample.siteName },
    },
    publishedAt,
  );
  const published = await publishConsultation(
    deps.db,
    { officer: officers.caseworker, id, revision: revision + 1 },
    deps.isWorkingDay,
    publishedAt,
  );
  if ('issues' in published) throw new Error(`sample ${sample.key}: ${JSON.stringify(published.issues)}`);
  await seedSubmissions(deps, sample, await consultationOf(deps, officers.caseworker, id), opensAt);
  if (closesAt <= now) await closeConsultation(deps.db, id, closesAt);
  if (sample.phase === 'answered')
    await seedAnswer(deps, sample, officers, id, new Date(closesAt.getTime() + 2 * dayMs));
}

async function seedSubmissions(
  deps: Deps,
  sample: Sample,
  consultation: Consultation,
  opensAt: Date,
): Promise<void> {
  const draft = await latestDraft(deps.db, consultation.id);
  if (!draft || sample.comments.length === 0) return;
  const submissions = sample.comments.map(
    (given): NewSubmission => ({
      formToken: deps.random(16).toString('base64url'),
      receiptToken: deps.random(18).toString('base64url'),
      consultationId: consultation.id,
      consultationNumber: consultation.number,
      draftId: draft.id,
      clauseIds: given.comments.map((comment) => clauseId(draft, comment.clause)),
      channel: 'online',
      receivedAt: new Date(opensAt.getTime() + given.daysAfterOpening * dayMs + 3 * 3_600_000),
      commenterKind: given.commenterKind,
      name: given.name ?? '',
      phone: given.phone ?? '',
      email: given.email ?? '',
      consent: given.consent,
      comments: given.comments.map(({ stance, text, proposedWording }) => ({
        clause: '',
        stance,
        text,
        proposedWording: proposedWording ?? '',
      })),
    }),
  );
  await transaction(deps.db, (trx) => insertSubmissions(trx, submissions));
}

async function seedAnswer(
  deps: Deps,
  sample: Sample,
  officers: { readonly caseworker: Officer; readonly approver: Officer },
  id: number,
  now: Date,
): Promise<void> {
  const consultation = await consultationOf(deps, officers.caseworker, id);
  const officer = officers.caseworker;
  const given = sample.comments.flatMap((submission) => submission.comments);
  for (const comment of await deskComments(deps.db, id)) {
    const disposition = given.find((each) => each.text === comment.text)?.disposition;
    if (disposition)
      await disposeOfComment(deps.db, { ...seen(comment), officer, consultationId: id, disposition }, now);
  }
  const checked = openChannels(consultation.announcement);
  await checkChannels(deps.db, { officer, consultationId: id, checked }, now);
  const words = deps.sentences.notice;
  const { notice } = await drawUp(deps.db, consultation, words, now);
  const signing = { officer: officers.approver, consultationId: id, seen: fingerprint(notice) };
  await signNotice(deps.db, signing, words, now);
  await publishNotice(deps.db, { officer, consultationId: id }, now);
}

function seen(comment: DeskComment) {
  return { commentId: comment.id, seen: comment.dispositionId };
}

async function consultationOf(deps: Deps, officer: Officer, id: number): Promise<Consultation> {
  const found = await agencyConsultation(deps.db, officer.agencyId, id);
  if (!found) throw new Error('a sample consultation is gone');
  return found;
}

function clauseId(draft: Draft, label: string | null): number | null {
  if (label === null) return null;
  const clause = draft.clauses.find(
    (each) => each.label === label || `${each.label}${each.heading}` === label,
  );
  if (!clause) throw new Error(`no clause ${label} in ${draft.title}`);
  return clause.id;
}

function textOf(sample: Sample, announcedOn: string, closesAt: Date): string {
  return readFileSync(path.join(root, 'src/sample/texts', sample.file), 'utf8')
    .replaceAll('{{announcedOn}}', officialDay(announcedOn))
    .replaceAll('{{closesAt}}', officialDeadline(closesAt));
}
