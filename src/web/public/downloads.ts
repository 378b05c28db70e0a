import type { FastifyInstance, FastifyReply } from 'fastify';
import { publishedConsultation } from '../../db/consultations.ts';
import type { Printers } from '../../domain/official-document.ts';
import { limited } from '../plugins/rate-limit.ts';
import type { Site } from '../site.ts';
import { type MakePaper, paperNames, papers } from './papers/all.ts';
import { noticePaper, sequenceIn } from './papers/notice.ts';

/** The formats a document can be had in, by the ending of its address. */
export const formats = ['pdf', 'docx'] as const satisfies readonly (keyof Printers)[];

const mediaTypes: Readonly<Record<keyof Printers, string>> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

type Numbered = { Params: { number: string; sequence: string } };

/** Every paper as a file, to be kept, passed on and printed anywhere; also notices that were corrected since. */
export function registerDownloads(app: FastifyInstance, site: Site): void {
  const config = limited('documents', site.limits.documents);
  for (const format of formats) {
    for (const name of paperNames)
      app.get<Numbered>(`/consultations/:number/${name}.${format}`, { config }, (request, reply) =>
        send(site, reply, format, { number: request.params.number, name, make: papers[name] }),
      );
    app.get<Numbered>(
      `/consultations/:number/notices/:sequence/sheet.${format}`,
      { config },
      (request, reply) => {
        const { number, sequence } = request.params;
        const make: MakePaper = (_, consultation) => noticePaper(site, consultation, sequenceIn(sequence));
        return send(site, reply, format, { number, name: `notice-${sequence}`, make });
      },
    );
  }
}

async function send(
  site: Site,
  reply: FastifyReply,
  format: keyof Printers,
  { number, name, make }: { readonly number: string; readonly name: string; readonly make: MakePaper },
): Promise<FastifyReply> {
  const file = await site.files(`${number}/${name}.${format}`, async () => {
    const consultation = await publishedConsultation(site.db, number);
    const document = consultation && (await make(site, consultation));
    return document && site.printers[format](document);
  });
  if (file) return sendFile(reply, file, format, `${number}-${name}`);
  reply.callNotFound();
  return reply;
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
