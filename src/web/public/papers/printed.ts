import type { PublishedConsultation } from '../../../db/consultations.ts';
import { publishedNotices } from '../../../db/notices.ts';
import { versionsOf } from '../../../db/versions.ts';
import { canonicalDocument } from '../../../domain/canonical-document.ts';
import { fill } from '../../../domain/fill.ts';
import type { OfficialDocument } from '../../../domain/official-document.ts';
import type { Site } from '../../site.ts';
import { changesPage } from '../changes.ts';
import { announcementPaper } from './announcement.ts';
import { comparisonText } from './comparison.ts';
import { draftPaper } from './draft.ts';
import { formPaper } from './form.ts';
import { noticePaper } from './notice.ts';
import { summaryPaper } from './summary.ts';

/** A paper that carries a fingerprint. */
export interface Printed {
  /** In addresses. */
  readonly key: string;
  readonly name: string;
  /** The text under its fingerprint. */
  readonly canonical: () => Promise<string | undefined>;
}

/** Every paper of a consultation as it is printed now, and every notice and comparison there was. */
export async function printedPapers(site: Site, consultation: PublishedConsultation): Promise<Printed[]> {
  const { id, number } = consultation;
  const { papers } = site.sentences;
  const of = (make: () => Promise<OfficialDocument | undefined>) => async () => {
    const document = await make();
    return document && canonicalDocument(number, document);
  };
  const notices = await publishedNotices(site.db, id);
  const versions = (await versionsOf(site.db, id)).filter(({ version }) => version > 1);
  return [
    ...(
      [
        ['announcement', announcementPaper],
        ['draft', draftPaper],
        ['form', formPaper],
        ['summary', summaryPaper],
      ] as const
    ).map(([key, make]) => ({
      ...{ key, name: papers[key], canonical: of(() => make(site, consultation)) },
    })),
    ...versions.map(({ version }) => ({
      key: `changes-${version}`,
      name: fill(papers.changes, { old: version - 1, version }),
      canonical: async () => {
        const page = await changesPage(site, number, version);
        return page && comparisonText(number, page);
      },
    })),
    ...notices.map(({ sequence }) => ({
      key: `notice-${sequence}`,
      name: notices.length === 1 ? papers.notice : fill(papers.noticeNumbered, { sequence }),
      canonical: of(() => noticePaper(site, consultation, sequence)),
    })),
  ];
}
