import type { FastifyInstance, FastifyReply } from 'fastify';
import { type PublishedConsultation, publishedConsultation } from '../../db/consultations.ts';
import { signedRows } from '../../db/notice-rows.ts';
import { publishedNotice } from '../../db/notices.ts';
import { fill } from '../../domain/fill.ts';
import type { OfficialDocument, Printers } from '../../domain/official-document.ts';
import { officialDayOf, officialDeadline } from '../../domain/shanghai.ts';
import { type Enclosed, mostInFile, officialDocument } from '../official.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';
import { announcementLetter, noticeLetter } from './letter.ts';
import { lifeOf } from './life.ts';
import { type EnclosedRows, enclosedRows } from './outcome-rows.ts';

/** The formats a document can be had in, by the ending of its address. */
export const formats = ['pdf', 'docx'] as const satisfies readonly (keyof Printers)[];

const mediaTypes: Readonly<Record<keyof Printers, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/** The announcement and the feedback notice as files, to be kept, passed on and printed anywhere. */
export function registerDownloads(app: FastifyInstance, site: Site): void {
  const config = limited('documents', site.limits.documents);
  const sources = { announcement: announcementDocument, notice: noticeDocument };
  for (const which of ['announcement', 'notice'] as const)
    for (const format of formats)
      app.get<{ Params: { number: string } }>(
        `/consultations/:number/${which}.${format}`,
        { config },
        async (request, reply) => {
          const { number } = request.params;
          const file = await site.files(`${number}/${which}.${format}`, async () => {
            const document = await sources[which](site, number);
            return document && site.printers[format](document);
          });
          if (!file) return reply.callNotFound();
          return sendFile(reply, file, format, `${number}-${which}`);
        },
      );
}

/** Sends a document as a download under a plain name. */
export function sendFile(
  reply: FastifyReply,
  file: Uint8Array,
  format: keyof Printers,
  name: string,
): FastifyReply {
  return reply
    .type(mediaTypes[format])
    .header('content-disposition', `attachment; filename="${name}.${format}"`)
    .header('cache-control', 'no-cache')
    .send(Buffer.from(file));
}

async function announcementDocument(site: Site, number: string): Promise<OfficialDocument | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  if (!consultation) return undefined;
  const letter = announcementLetter(consultation.announcement);
  const paragraphs = [...letter.paragraphs, ...(await addedTo(site, consultation))];
  return officialDocument(
    { ...letter, paragraphs },
    enclosedIn(site, number, { rows: [], rowsApart: 0 }),
    site.sentences,
  );
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

async function noticeDocument(site: Site, number: string): Promise<OfficialDocument | undefined> {
  const consultation = await publishedConsultation(site.db, number);
  const published = consultation && (await publishedNotice(site.db, consultation.id));
  if (!published) return undefined;
  const { notice, signingId, rowCount } = published;
  const read = (limit: number) => signedRows(site.db, signingId, { passed: 0, limit });
  const enclosed = enclosedIn(site, number, await enclosedRows(rowCount, mostInFile, read));
  return officialDocument(noticeLetter(notice), enclosed, site.sentences);
}

function enclosedIn(site: Site, number: string, rows: EnclosedRows): Enclosed {
  const address = `${site.config.publicUrl}/consultations/${number}`;
  return { ...rows, sealed: false, number, address };
}
