import { readFileSync } from 'node:fs';
import path from 'node:path';
import { closeConsultation } from '../actions/close-consultations.ts';
import { publishConsultation } from '../actions/publish-consultation.ts';
import { saveAnnouncement } from '../actions/save-announcement.ts';
import { startConsultation } from '../actions/start-consultation.ts';
import {
  agencyConsultation,
  type Consultation,
  isPublished,
  type PublishedConsultation,
} from '../db/consultations.ts';
import type { Deps } from '../deps.ts';
import type { Officer } from '../domain/officer.ts';
import { addDays, dayMs, dayOf, officialDay, officialDeadline, startOf } from '../domain/shanghai.ts';
import { root } from '../root.ts';
import type { Sample } from './sample.ts';
import { samples } from './samples.ts';
import { seedAnswer } from './seed-answer.ts';
import { seedMails, seedTable } from './seed-mail.ts';
import { type AgencyOfficers, seedOfficers } from './seed-officers.ts';
import { seedScreening } from './seed-screening.ts';
import { seedSubmissions } from './seed-submissions.ts';
import { seedVersion } from './seed-version.ts';
import { seedWork } from './seed-work.ts';

/** Fills an empty database with sample agencies, officers and a consultation in every phase, by the clock. */
export async function seedSamples(deps: Deps): Promise<void> {
  const now = deps.clock();
  const officers = await seedOfficers(deps, now);
  for (const sample of samples) {
    const ofAgency = officers.get(sample.agency);
    if (!ofAgency) throw new Error(`no officers for the sample ${sample.key}`);
    await seedSample(deps, sample, ofAgency, now);
  }
}

interface Period {
  readonly opensAt: Date;
  readonly closesAt: Date;
}

async function seedSample(deps: Deps, sample: Sample, officers: AgencyOfficers, now: Date): Promise<void> {
  const period = periodOf(sample, now);
  const consultation = await seedPublished(deps, sample, officers.caseworker, period, now);
  await seedComments(deps, sample, officers.caseworker, consultation);
  await seedMails(deps, sample, consultation);
  await seedScreening(deps, sample, officers.caseworker, consultation);
  const { closesAt } = period;
  if (closesAt <= now) await closeConsultation(deps.db, consultation.id, closesAt);
  if (sample.phase === 'answered')
    await seedAnswer(deps, sample, officers, consultation, new Date(closesAt.getTime() + 2 * dayMs));
  if (sample.phase === 'closed') {
    await seedTable(deps, sample, officers.caseworker, consultation, new Date(closesAt.getTime() + dayMs));
    await seedWork(deps, sample, officers.caseworker, consultation, new Date(closesAt.getTime() + 2 * dayMs));
  }
}

function periodOf({ opensInDays, closesInDays, closesAtHour }: Sample, now: Date): Period {
  const at = (days: number, hour: number) =>
    new Date(startOf(addDays(dayOf(now), days)).getTime() + hour * 3_600_000);
  return { opensAt: at(opensInDays, 9), closesAt: at(closesInDays, closesAtHour) };
}

async function seedPublished(
  deps: Deps,
  sample: Sample,
  officer: Officer,
  period: Period,
  now: Date,
): Promise<PublishedConsultation> {
  // An upcoming one was published in the past, for a start that is still to come.
  const publishedAt = period.opensAt < now ? period.opensAt : now;
  const { kind, siteName } = sample;
  const source = pasteOf(sample, dayOf(publishedAt), period.closesAt);
  const id = await startConsultation(deps.db, { officer, kind, source }, publishedAt);
  const { revision, announcement: found, asks } = await consultationOf(deps, officer, id);
  const announcement = { ...found, siteName };
  const showsComments = sample.showsComments ?? false;
  const saved = { kind, ...period, announcement, asks, showsComments };
  await saveAnnouncement(deps.db, { officer, id, revision, ...saved }, publishedAt);
  const page = { officer, id, revision: revision + 1 };
  const published = await publishConsultation(deps.db, page, deps.isWorkingDay, publishedAt);
  if ('issues' in published) throw new Error(`sample ${sample.key}: ${JSON.stringify(published.issues)}`);
  const consultation = await consultationOf(deps, officer, id);
  if (!isPublished(consultation)) throw new Error(`sample ${sample.key} was not published`);
  return consultation;
}

async function seedComments(
  deps: Deps,
  { comments, nextVersion }: Sample,
  officer: Officer,
  consultation: PublishedConsultation,
): Promise<void> {
  if (!nextVersion) return seedSubmissions(deps, consultation, comments);
  const { daysAfterOpening } = nextVersion;
  const isEarly = (given: (typeof comments)[number]) => given.daysAfterOpening < daysAfterOpening;
  await seedSubmissions(deps, consultation, comments.filter(isEarly));
  await seedVersion(deps, nextVersion, officer, consultation);
  await seedSubmissions(
    deps,
    consultation,
    comments.filter((given) => !isEarly(given)),
  );
}

async function consultationOf(deps: Deps, officer: Officer, id: number): Promise<Consultation> {
  const found = await agencyConsultation(deps.db, officer.agencyId, id);
  if (!found) throw new Error('a sample consultation is gone');
  return found;
}

function pasteOf({ file }: Sample, announcedOn: string, closesAt: Date): string {
  return readFileSync(path.join(root, 'src/sample/texts', file), 'utf8')
    .replaceAll('{{announcedOn}}', officialDay(announcedOn))
    .replaceAll('{{closesAt}}', officialDeadline(closesAt));
}
