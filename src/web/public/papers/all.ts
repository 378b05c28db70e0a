import type { PublishedConsultation } from '../../../db/consultations.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import type { Site } from '../../site.ts';
import { announcementPaper } from './announcement.ts';
import { draftPaper } from './draft.ts';
import { formPaper } from './form.ts';
import { noticePaper } from './notice.ts';
import { summaryPaper } from './summary.ts';

/** Makes a paper of a consultation, or undefined while there is nothing to print. */
export type MakePaper = (
  site: Site,
  consultation: PublishedConsultation,
) => Promise<OfficialDocument | undefined>;

/** The papers that everybody can print and download, by the last part of their address. */
export const papers = {
  announcement: announcementPaper,
  draft: draftPaper,
  form: formPaper,
  notice: (site, consultation) => noticePaper(site, consultation),
  summary: summaryPaper,
} as const satisfies Readonly<Record<string, MakePaper>>;
export type PaperName = keyof typeof papers;
export const paperNames = Object.keys(papers) as PaperName[];
