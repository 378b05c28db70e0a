import type { PublishedConsultation } from '../../../db/consultations.ts';
import { fill } from '../../../domain/fill.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import { officialDayOf, officialDeadline } from '../../../domain/shanghai.ts';
import { officialDocument } from '../../official.ts';
import type { Site } from '../../site.ts';
import { announcementLetter } from '../letter.ts';
import { lifeOf } from '../life.ts';
import { sourceOf } from './paper.ts';

/** The announcement with what happened to it since. */
export async function announcementPaper(
  site: Site,
  consultation: PublishedConsultation,
): Promise<OfficialDocument> {
  const letter = announcementLetter(consultation.announcement);
  const paragraphs = [...letter.paragraphs, ...(await addedTo(site, consultation))];
  const enclosed = { rows: [], rowsApart: 0, sealed: false, ...sourceOf(site, consultation) };
  return officialDocument({ ...letter, paragraphs }, enclosed, site.sentences);
}

/** What stands below the text of an announcement: why it is shorter, and what happened to it since. */
async function addedTo({ db, sentences }: Site, consultation: PublishedConsultation): Promise<string[]> {
  const { reasonForShortening: reason } = consultation.announcement;
  const { extensions, stopped } = await lifeOf(db, consultation);
  return [
    ...(reason ? [fill(sentences.shortenedBecause, { reason })] : []),
    ...extensions.map(({ oldClosesAt, newClosesAt, at, reason }) =>
      fill(sentences.extendedInPrint, {
        ...{ old: officialDeadline(oldClosesAt), new: officialDeadline(newClosesAt) },
        ...{ day: officialDayOf(at), reason },
      }),
    ),
    ...(stopped
      ? [fill(sentences.stoppedInPrint, { day: officialDayOf(stopped.at), reason: stopped.reason })]
      : []),
  ];
}
