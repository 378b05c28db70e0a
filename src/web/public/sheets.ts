import type { FastifyInstance } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { signedRows } from '../../db/notice-rows.ts';
import { publishedNotice } from '../../db/notices.ts';
import type { NoticeRow } from '../../domain/notice-row.ts';
import { sealRows, sealsInRow } from '../../domain/signature.ts';
import { type Frame, keyIn, publicFrame } from '../frame.ts';
import { mostInFile, officialDocument } from '../official.ts';
import { documentMarks, type Source } from '../origin-marks.ts';
import { renderPage } from '../pages.ts';
import type { Site } from '../site.ts';
import type { SheetPage } from './contexts.ts';
import { announcementLetter, noticeLetter } from './letter.ts';
import { lifeOf } from './life.ts';
import { enclosedRows, mostPrinted, rowViews } from './outcome-rows.ts';
import { announcementPaper } from './papers/announcement.ts';
import { draftPaper } from './papers/draft.ts';
import { formPaper } from './papers/form.ts';
import { sequenceIn } from './papers/notice.ts';
import { sourceOf } from './papers/paper.ts';
import { paperPage } from './papers/view.ts';
import type { Letterlike } from './shapes.ts';

type Numbered = { Params: { number: string; sequence: string } };

/** Renders a sheet of a consultation, or undefined while there is nothing to print. */
type RenderSheet = (
  consultation: PublishedConsultation,
  frame: Frame,
  sequence: number,
) => Promise<string | undefined>;

/** The papers of a consultation on A4, for the browser's print. */
export function registerSheets(app: FastifyInstance, site: Site): void {
  const sheets: Readonly<Record<string, RenderSheet>> = {
    announcement: async (consultation, frame) =>
      renderPage(app, 'sheets/announcement', await announcementSheet(site, consultation), frame),
    notice: async (consultation, frame) => {
      const page = await noticeSheet(site, consultation);
      return page && renderPage(app, 'sheets/notice', page, frame);
    },
    'notices/:sequence/sheet': async (consultation, frame, sequence) => {
      const page = await noticeSheet(site, consultation, sequence);
      return page && renderPage(app, 'sheets/notice', page, frame);
    },
    draft: async (consultation, frame) => {
      const paper = await draftPaper(site, consultation);
      return paper && renderPage(app, 'sheets/paper', paperPage(site, consultation, paper), frame);
    },
    form: async (consultation, frame) => {
      const paper = await formPaper(site, consultation);
      return renderPage(app, 'sheets/paper', paperPage(site, consultation, paper), frame);
    },
  };
  for (const [path, render] of Object.entries(sheets))
    app.get<Numbered>(`/consultations/:number/${path}`, async (request, reply) => {
      const { number, sequence = '' } = request.params;
      const frame = publicFrame(request, site);
      const key = keyIn(frame, `/consultations/${number}/${path.replace(':sequence', sequence)}`);
      const sent = await site.cache.send(request, reply, key, async () => {
        const consultation = await publishedConsultation(site.db, number);
        const html = consultation && (await render(consultation, frame, sequenceIn(sequence)));
        return html ? { html, validUntil: null } : undefined;
      });
      if (!sent) reply.callNotFound();
      return reply;
    });
}

type Sheet = SheetPage & { readonly title: string };

async function announcementSheet(site: Site, consultation: PublishedConsultation): Promise<Sheet> {
  const { announcement, number } = consultation;
  const letter = announcementLetter(announcement);
  return {
    ...{
      title: letter.heading,
      backTo: `/consultations/${number}`,
      letter,
      rows: [],
      rowsApart: 0,
      seals: null,
    },
    reasonForShortening: announcement.reasonForShortening,
    life: await lifeOf(site.db, consultation),
    marks: documentMarks(
      sourceOf(site, consultation),
      await announcementPaper(site, consultation),
      site.sentences,
    ),
  };
}

async function noticeSheet(
  site: Site,
  consultation: PublishedConsultation,
  sequence?: number,
): Promise<Sheet | undefined> {
  const published = await publishedNotice(site.db, consultation.id, sequence);
  if (!published) return undefined;
  const { notice, signingId, rowCount } = published;
  const to = `/consultations/${consultation.number}`;
  return noticeSheetPage(site, sourceOf(site, consultation), {
    backTo: sequence === undefined ? to : `${to}/notices/${sequence}`,
    letter: noticeLetter(notice),
    rowCount,
    read: (limit) => signedRows(site.db, signingId, { passed: 0, limit }),
    sealed: false,
  });
}

/** A notice to be printed: where its screen version leads back, its words, its rows. */
interface PrintedNotice {
  readonly backTo: string;
  readonly letter: Letterlike;
  readonly rowCount: number;
  readonly read: (limit: number) => Promise<readonly NoticeRow[]>;
  readonly sealed: boolean;
}

/** The sheet of a notice with its table, or without when that is too long to be printed with it. */
export async function noticeSheetPage(
  { sentences }: Pick<Site, 'sentences'>,
  source: Source,
  { backTo, letter, rowCount, read, sealed }: PrintedNotice,
): Promise<Sheet> {
  const enclosed = await enclosedRows(rowCount, mostInFile, read);
  const isShort = enclosed.rows.length <= mostPrinted;
  const { signatures } = letter;
  return {
    ...{ title: letter.heading, backTo, letter, reasonForShortening: '', life: null },
    rows: isShort ? rowViews(enclosed.rows) : [],
    rowsApart: isShort ? enclosed.rowsApart : rowCount,
    seals: sealed ? { inRow: sealsInRow(signatures), rows: sealRows(signatures) } : null,
    // The same whatever is printed with it: of the whole document, as its file has it.
    marks: documentMarks(
      source,
      officialDocument(letter, { ...enclosed, ...source, sealed }, sentences),
      sentences,
    ),
  };
}
