import type { FastifyReply } from 'fastify';
import { type AuditEntry, type AuditFilter, auditEntries } from '../../../db/audit.ts';
import type { Consultation } from '../../../db/consultations.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { queryOf, sendDesk } from '../page.ts';
import type { ConsultationVisit, Visit } from '../visit.ts';
import { type AuditTyped, filterChoices, filterQuery, readFilter, typedFilter } from './filter.ts';
import { deedWords } from './words.ts';

export interface AuditPage {
  /** The consultation whose traces these are; null: all of the agency. */
  readonly matter: Matter | null;
  /** Where the filter and the export go. */
  readonly to: string;
  readonly form: FormState;
  readonly officers: readonly Choice[];
  readonly deeds: readonly Choice[];
  readonly filtered: boolean;
  readonly entries: readonly ShownEntry[];
  /** Older ones; empty when there are none. */
  readonly olderTo: string;
}

interface ShownEntry {
  readonly at: Date;
  readonly who: string;
  readonly what: string;
  readonly origin: string;
  readonly consultation: { readonly to: string; readonly number: string; readonly draftName: string } | null;
}

const perPage = 50;

/** Who did what when to what and from where, in the whole agency. */
export function showAgencyAudit(visit: Visit): Promise<FastifyReply> {
  return sendAudit(visit, null);
}

/** The same for one consultation, to its officers. */
export function showConsultationAudit(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendAudit(visit, visit);
}

/** What of the ledger is asked for: of the agency, or of one consultation, with what is wrong in the question. */
export function askedOf(
  { site, officer, request }: Visit,
  consultation: Consultation | null,
): { readonly typed: AuditTyped; readonly filter: AuditFilter; readonly issues: readonly Issue[] } {
  const sent = request.method === 'POST' ? request.body : request.query;
  const typed = typedFilter((sent ?? {}) as Readonly<Record<string, unknown>>);
  const { filter, issues } = readFilter(typed, officer.agencyId, site.sentences);
  return {
    typed,
    issues,
    filter: consultation ? { ...filter, consultation: { id: consultation.id } } : filter,
  };
}

/** The page of the traces, of one consultation where one is given. */
export async function sendAudit(visit: Visit, of: ConsultationVisit | null): Promise<FastifyReply> {
  const { site, request } = visit;
  const { typed, filter, issues } = askedOf(visit, of?.consultation ?? null);
  const before = Number(queryOf(request, 'before')) || null;
  const found = await auditEntries(site.db, filter, { before, limit: perPage + 1 });
  const [shown, last] = [found.slice(0, perPage), found[perPage - 1]];
  const to = of ? `${baseOf(of.consultation)}/audit` : '/desk/audit';
  const query = filterQuery(typed);
  const older = new URLSearchParams([...query, ['before', String(last?.id)]]);
  const page = {
    title: site.sentences.desk.pages.audit,
    ...(of && { crumbs: crumbsOf(of) }),
    matter: of && matterOf(of, 'overview'),
    to,
    form: formState(typed, issues, site.sentences, site.sentences.desk.auditFields),
    ...(await filterChoices(visit)),
    filtered: query.size > 0,
    entries: shown.map((entry) => shownEntry(visit, entry)),
    olderTo: found.length > perPage ? `${to}?${older}#list` : '',
  };
  return sendDesk(visit, 'desk/audit', page, issues.length > 0 ? 422 : 200);
}

function shownEntry({ site }: Visit, entry: AuditEntry): ShownEntry {
  const { at, who, origin, consultation } = entry;
  return {
    ...{ at, origin, who: who || site.sentences.desk.bySystem, what: deedWords(entry, site.sentences) },
    consultation: consultation && { ...consultation, to: baseOf(consultation) },
  };
}
