import type { FastifyReply } from 'fastify';
import { publishingIssues } from '../../actions/publish-consultation.ts';
import { saveAnnouncement } from '../../actions/save-announcement.ts';
import { isPublished } from '../../db/consultations.ts';
import { type DraftWork, draftWork } from '../../db/draft-work.ts';
import { announcementFields } from '../../domain/announcement.ts';
import { askedChoices } from '../../domain/comment.ts';
import { fill } from '../../domain/fill.ts';
import type { Issue } from '../../domain/issue.ts';
import type { Sentences } from '../../sentences.ts';
import { type FormBody, type FormError, type FormState, formState, raw } from '../forms.ts';
import type { Choice } from '../public/shapes.ts';
import { type AnnouncementValues, readAnnouncement, savedValues, typedValues } from './announcement-form.ts';
import type { HintedChoice, Matter } from './contexts.ts';
import { disagreementsOf } from './disagreements.ts';
import { baseOf, crumbsOf, matterOf } from './matter.ts';
import { goTo, sendDesk } from './page.ts';
import { kindChoices, type Short, shortOf } from './period.ts';
import { lookAgain, revisionIn, wentStale } from './stale.ts';
import type { ConsultationVisit } from './visit.ts';

export interface AnnouncementFormPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  /** The words of the paste that each value came from, by field. */
  readonly hints: Readonly<Record<string, string>>;
  readonly kinds: readonly HintedChoice[];
  /** Whether something is asked of those who comment. */
  readonly askedChoices: readonly Choice[];
  readonly short: Short | null;
  /** What is still missing before it can be published. */
  readonly missing: readonly FormError[];
  /** What the text says otherwise than the fields. */
  readonly disagreements: readonly string[];
  /** Fields that somebody else saved differently in the meantime; null unless the page went stale. */
  readonly theirs: readonly { readonly label: string; readonly text: string }[] | null;
}

/** The announcement's fields, to confirm and correct. */
export async function showAnnouncement(visit: ConsultationVisit): Promise<FastifyReply> {
  const { consultation } = visit;
  if (isPublished(consultation)) return goTo(visit, baseOf(consultation));
  return sendAnnouncement(visit, { values: savedValues(consultation), revision: consultation.revision });
}

/** Saves the fields, complete or not. */
export async function takeAnnouncement(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const [values, revision] = [typedValues(body), revisionIn(body)];
  const read = readAnnouncement(values);
  if ('issues' in read) return sendAnnouncement(visit, { values, revision, issues: read.issues });
  const input = { officer, id: consultation.id, revision, ...read };
  if (await wentStale(saveAnnouncement(site.db, input, now))) return sendBoth(await lookAgain(visit), values);
  const next = raw(body, 'next') === 'draft' ? 'draft' : 'announcement';
  return goTo(visit, `${baseOf(consultation)}/${next}?done=announcementSaved`);
}

function sendBoth(visit: ConsultationVisit, values: AnnouncementValues): Promise<FastifyReply> {
  const { consultation, site } = visit;
  const labels: Readonly<Record<string, string>> = site.sentences.announcementFields;
  const saved = savedValues(consultation);
  const theirs = Object.entries(saved)
    .filter(([field, value]) => value !== values[field as keyof AnnouncementValues])
    .map(([field, value]) => ({
      label: labels[field] ?? field,
      text: wordFor(field, value, site.sentences),
    }));
  return sendAnnouncement(visit, { values, revision: consultation.revision, theirs });
}

// A choice by its name, all else as it stands in the field.
function wordFor(field: string, value: string, { kinds, asked, yesNo }: Sentences): string {
  if (field === 'showsComments') return value ? yesNo.yes : yesNo.no;
  const names: Readonly<Record<string, string>> = field === 'kind' ? kinds : asked;
  return (field === 'kind' || field.startsWith('asks')) && value in names ? (names[value] ?? '') : value;
}

async function sendAnnouncement(
  visit: ConsultationVisit,
  state: {
    readonly values: AnnouncementValues;
    readonly revision: number;
    readonly issues?: readonly Issue[];
    readonly theirs?: AnnouncementFormPage['theirs'];
  },
): Promise<FastifyReply> {
  const { site, consultation, now } = visit;
  const { values, revision, issues = [], theirs = null } = state;
  const work = await draftWork(site.db, consultation.id);
  const read = readAnnouncement(values);
  const missing = publishingIssues(consultation, work, site.isWorkingDay, now).filter(
    (issue) => issue.field !== 'source',
  );
  const page = {
    title: site.sentences.desk.pages.announcement,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'announcement'),
    form: formState(values, issues, site.sentences, site.sentences.announcementFields),
    revision,
    hints: hintsOf(visit, work),
    kinds: kindChoices(site.sentences),
    askedChoices: askedChoices.map((value) => ({ value, label: site.sentences.asked[value] })),
    short: shortOf(site, 'issues' in read ? consultation : read),
    missing: formState({}, missing, site.sentences, site.sentences.announcementFields).errors,
    disagreements: disagreementsOf(consultation, site.sentences),
    theirs,
  };
  return sendDesk(visit, 'desk/announcement', page, issues.length > 0 ? 422 : theirs ? 409 : 200);
}

const longestHint = 60;

function hintsOf({ site, now }: ConsultationVisit, work: DraftWork | undefined): Record<string, string> {
  const all = work?.used.flatMap(({ found }) => found?.announcement.fields ?? []) ?? [];
  return Object.fromEntries(
    announcementFields.flatMap((field) => {
      const found = all.find((fields) => fields[field])?.[field];
      if (!found) return [];
      const words = [...found.words.replace(/\s+/gu, ' ')];
      const cut = words.slice(0, longestHint).join('') + (words.length > longestHint ? '…' : '');
      const isPast = field === 'closesAt' && new Date(found.value) <= now;
      const sentence = isPast ? site.sentences.desk.foundPast : site.sentences.desk.foundIn;
      return [[field, fill(sentence, { line: found.line, words: cut })]];
    }),
  );
}
