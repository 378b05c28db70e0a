import type { FastifyInstance } from 'fastify';
import { renderSVG } from 'uqr';
import { markLines } from '../origin-marks.ts';
import type { Site } from '../site.ts';
import { sourceOf } from './papers/paper.ts';

type Marked = { Params: { number: string; fingerprint: string } };

/**
 * What the browser prints at the foot of a sheet: the QR code of the consultation's page, and a style that sets it with
 * number and fingerprint in the margin of the first page, where no element can stand. Both follow from their addresses.
 */
export function registerMarks(app: FastifyInstance, site: Site): void {
  app.get<Marked>('/consultations/:number/qr.svg', async (request, reply) => {
    if (!isNumber(request.params.number)) return reply.callNotFound();
    const drawn = renderSVG(sourceOf(site, request.params).address, { ecc: 'M', border: 0 });
    const picture = drawn.replace('<svg ', '<svg width="15mm" height="15mm" ');
    return reply.type('image/svg+xml').header('cache-control', 'public, max-age=86400').send(picture);
  });

  app.get<Marked>('/consultations/:number/marks/:fingerprint.css', async (request, reply) => {
    const { number, fingerprint } = request.params;
    if (!isNumber(number) || !/^[0-9a-f]{64}$/.test(fingerprint)) return reply.callNotFound();
    const lines = markLines(sourceOf(site, request.params), fingerprint, site.sentences);
    const style = marksStyle(lines, `/consultations/${number}/qr.svg`);
    return reply.type('text/css; charset=utf-8').header('cache-control', 'public, max-age=86400').send(style);
  });
}

function isNumber(text: string): boolean {
  return /^\d{4}-\d{4,7}$/.test(text);
}

// The picture stands in the corner, since a margin box takes either words or a picture.
function marksStyle(lines: readonly string[], picture: string): string {
  return `@page sheet:first {
  @bottom-left-corner { content: url("${picture}"); padding: 14mm 2mm 0 0; vertical-align: top; text-align: right; }
  @bottom-left { content: "${lines.map(quoted).join('\\a ')}"; padding-top: 14mm; vertical-align: top; text-align: left;
    white-space: pre; font: 8pt/1.6 SimSun, STSong, "Songti SC", "Noto Serif CJK SC", serif; }
}
`;
}

/** Text as it stands between the quotes of a style sheet. */
function quoted(text: string): string {
  return text.replace(/["\\\n\r\f]/g, (character) => `\\${character.charCodeAt(0).toString(16)} `);
}
