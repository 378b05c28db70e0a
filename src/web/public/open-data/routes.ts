import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { publishedConsultation } from '../../../db/consultations.ts';
import { sendPieces, sendTables, tableFormats } from '../../exports/send.ts';
import { limited } from '../../plugins/rate-limit.ts';
import type { Site } from '../../site.ts';
import { openJson } from './json.ts';
import { type OpenData, openDataOf } from './source.ts';
import { openTables } from './tables.ts';

/** The formats of open data, by the ending of their addresses. */
export const openFormats = ['json', ...tableFormats] as const;
type OpenFormat = (typeof openFormats)[number];

/** Open data of each answered consultation: for everybody, without names, kept by whoever likes. */
export function registerOpenData(app: FastifyInstance, site: Site): void {
  const config = limited('documents', site.limits.documents);
  for (const format of openFormats)
    app.get<{ Params: { number: string } }>(
      `/consultations/:number/open-data.${format}`,
      { config },
      async (request, reply) => {
        // Read first: what changes afterwards changes the mark of the next reader.
        const etag = `"${await site.publicVersion()}-${format}"`;
        const consultation = await publishedConsultation(site.db, request.params.number);
        const data = consultation && (await openDataOf(site, consultation));
        if (!data) return reply.callNotFound();
        reply.header('cache-control', 'public, max-age=0, must-revalidate').header('etag', etag);
        if (isKnown(request, etag)) return reply.code(304).send();
        return send(site, reply, format, data);
      },
    );
}

function isKnown({ headers }: FastifyRequest, etag: string): boolean {
  const known = (headers['if-none-match'] ?? '').split(',');
  return known.some((each) => each.trim().replace(/^W\//, '') === etag);
}

function send(site: Site, reply: FastifyReply, format: OpenFormat, data: OpenData): FastifyReply {
  const { sentences } = site;
  const { number } = data.consultation;
  const name = { plain: `${number}-open-data`, title: `${number}${sentences.openData.title}` };
  if (format !== 'json') return sendTables(reply, format, name, openTables(data, sentences));
  return sendPieces(reply.type('application/json; charset=utf-8'), format, name, openJson(data));
}
