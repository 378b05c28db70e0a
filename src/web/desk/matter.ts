import { type Consultation, isPublished, phaseNow } from '../../db/consultations.ts';
import { may } from '../../domain/officer.ts';
import type { Link } from '../public/shapes.ts';
import type { Matter } from './contexts.ts';
import type { ConsultationVisit } from './visit.ts';

const workPages = ['announcement', 'draft', 'preview', 'release'] as const;
const answerPages = ['comments', 'groups', 'channels', 'notice', 'letters', 'exports'] as const;
const entryPages = ['entry'] as const;
const mailPages = ['mail'] as const;
const lifePages = ['extension'] as const;
const versionPages = ['versions', 'draft', 'mapping'] as const;
type MatterPage =
  | 'overview'
  | (typeof workPages)[number]
  | (typeof entryPages)[number]
  | (typeof mailPages)[number]
  | (typeof answerPages)[number]
  | (typeof lifePages)[number]
  | (typeof versionPages)[number];

/** The consultation of a page, with links to its other pages; `current` is the page shown. */
export function matterOf(visit: ConsultationVisit, current: MatterPage): Matter {
  const { consultation, now, site } = visit;
  const base = baseOf(consultation);
  return {
    to: base,
    title: titleOf(visit, visit.consultation),
    number: consultation.number,
    phase: phaseNow(consultation, now),
    pages: pagesOf(visit).map((page) => ({
      to: page === 'overview' ? base : `${base}/${page}`,
      text: site.sentences.desk.pages[page],
      current: page === current,
    })),
  };
}

// The draft that is being prepared is open to those who prepare; its newest version, once there is one, to all.
function pagesOf({ consultation, officer, now }: ConsultationVisit): MatterPage[] {
  const prepares = may(officer, 'prepare');
  if (!isPublished(consultation))
    return ['overview', ...(prepares ? workPages : (['preview', 'release'] as const))];
  const version = prepares && consultation.hasWork ? versionPages : (['versions'] as const);
  const enters = may(officer, 'enter') && ['open', 'closed'].includes(phaseNow(consultation, now));
  const mail = consultation.announcement.mailbox ? mailPages : [];
  return ['overview', ...(enters ? entryPages : []), ...mail, ...answerPages, ...lifePages, ...version];
}

/** The way to a page of a consultation: home, and the consultation's overview. */
export function crumbsOf(visit: ConsultationVisit): Link[] {
  const { desk } = visit.site.sentences;
  return [
    { to: '/desk', text: desk.home },
    { to: baseOf(visit.consultation), text: titleOf(visit, visit.consultation) },
  ];
}

/** The address of a consultation at the desk. */
export function baseOf(consultation: { readonly id: number }): string {
  return `/desk/consultations/${consultation.id}`;
}

/** What a consultation is called at the desk: its title, or what there is of one. */
export function titleOf({ site }: Pick<ConsultationVisit, 'site'>, consultation: Consultation): string {
  const { title, draftName } = consultation.announcement;
  return title || draftName || `${site.sentences.desk.untitled} ${consultation.number}`;
}

/** When a consultation was stopped, where that was before its closing; null otherwise. */
export function stoppedAt({ withdrawnAt, closesAt }: Consultation): Date | null {
  return withdrawnAt && closesAt && withdrawnAt < closesAt ? withdrawnAt : null;
}
