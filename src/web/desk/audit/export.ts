import { Readable } from 'node:stream';
import type { FastifyReply } from 'fastify';
import { noteExport } from '../../../actions/note-export.ts';
import { type AuditEntry, type AuditFilter, auditEntries } from '../../../db/audit.ts';
import { byteOrderMark, csvLine } from '../../../domain/csv.ts';
import { inputMinute } from '../../../domain/shanghai.ts';
import type { Sentences } from '../../../sentences.ts';
import type { Site } from '../../site.ts';
import type { ConsultationVisit, Visit } from '../visit.ts';
import { askedOf, sendAudit } from './audit.ts';
import { deedWords } from './words.ts';

const atOnce = 1_000;

/** The agency's traces as a file; that it was taken is itself written down. */
export function sendAgencyExport(visit: Visit): Promise<FastifyReply> {
  return sendExport(visit, null);
}

/** The same for one consultation. */
export function sendConsultationExport(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendExport(visit, visit);
}

async function sendExport(visit: Visit, of: ConsultationVisit | null): Promise<FastifyReply> {
  const { site, officer, now, reply } = visit;
  const consultation = of?.consultation ?? null;
  const { filter, issues } = askedOf(visit, consultation);
  if (issues.length > 0) return sendAudit(visit, of);
  await noteExport(site.db, { officer, consultationId: consultation?.id ?? null }, now);
  const name = encodeURIComponent(`${site.sentences.desk.pages.audit}.csv`);
  return reply
    .header('cache-control', 'no-store')
    .header('content-disposition', `attachment; filename="audit.csv"; filename*=UTF-8''${name}`)
    .type('text/csv; charset=utf-8')
    .send(Readable.from(lines(site, filter)));
}

async function* lines(site: Site, filter: AuditFilter): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(site.sentences.desk.auditColumns);
  for (let before: number | null = null; ; ) {
    const entries: AuditEntry[] = await auditEntries(site.db, filter, { before, limit: atOnce });
    yield entries.map((entry) => lineOf(entry, site.sentences)).join('');
    const last = entries.at(-1);
    if (!last || entries.length < atOnce) return;
    before = last.id;
  }
}

function lineOf(entry: AuditEntry, sentences: Sentences): string {
  const { id, at, who, login, origin, consultation } = entry;
  const { number = '', draftName = '' } = consultation ?? {};
  const by = who || sentences.desk.bySystem;
  return csvLine([
    ...[String(id), inputMinute(at).replace('T', ' '), by, login, deedWords(entry, sentences)],
    ...[number, draftName, origin],
  ]);
}
