import type { FastifyReply } from 'fastify';
import { correctLink } from '../../../actions/correct-link.ts';
import { type Mapping, mapVersions } from '../../../actions/map-versions.ts';
import type { Clause } from '../../../db/drafts.ts';
import type { Issue } from '../../../domain/issue.ts';
import { type FormBody, type FormState, formState, line, list, raw } from '../../forms.ts';
import type { Matter, Tag } from '../contexts.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { goTo, sendDesk, sendNotFound } from '../page.ts';
import { lookAgain, revisionIn, wentStale } from '../stale.ts';
import type { ConsultationVisit } from '../visit.ts';
import { type Candidate, candidatesFor } from './candidates.ts';
import { type LinkRow, linkRows } from './link-rows.ts';
import { knownLinks } from './mapping.ts';
import { versionName } from './name.ts';

export interface LinkPage {
  readonly matter: Matter;
  readonly form: FormState;
  readonly revision: number;
  readonly oldName: string;
  readonly newName: string;
  /** The old clause. */
  readonly name: string;
  readonly paragraphs: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly tag: Tag;
  readonly comments: number;
  /** The link as it stands: what the old clause has become. */
  readonly row: LinkRow;
  readonly to: string;
  readonly mappingTo: string;
  readonly q: string;
  readonly candidates: readonly Candidate[];
  readonly chosen: readonly string[];
  /** True when the draft was changed in the meantime: nothing has been saved. */
  readonly stale: boolean;
}

/** One old clause, to say what became of it. */
export async function showLink(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendLink(visit, {});
}

/** Takes what became of one old clause, and comes back to it in the list; or finds more clauses to choose from. */
export async function takeLink(visit: ConsultationVisit): Promise<FastifyReply> {
  const { site, request, officer, consultation, now } = visit;
  const body = (request.body ?? {}) as FormBody;
  const isDeleted = raw(body, 'do') === 'deleted';
  const chosen = list(body, 'to');
  const q = line(body, 'q').slice(0, 100);
  if (raw(body, 'do') === 'find') return sendLink(visit, { chosen, q });
  if (!isDeleted && chosen.length === 0)
    return sendLink(visit, { chosen, q, issues: [{ field: 'to', key: 'chooseNewClause' }] });
  const choice = { from: addressIn(visit), to: isDeleted ? [] : chosen };
  const deed = correctLink(
    site.db,
    { officer, id: consultation.id, revision: revisionIn(body), choice },
    now,
  );
  if (await wentStale(deed)) return sendLink(await lookAgain(visit), { chosen, q, stale: true });
  const result = await deed;
  if ('issue' in result) return sendLink(visit, { chosen, q, issues: [{ ...result.issue, field: 'to' }] });
  const anchor = `from-${result.link?.from[0] ?? choice.from}`;
  const kind = result.link?.kind ?? 'all';
  return goTo(visit, `${baseOf(consultation)}/mapping?show=${kind}&done=linkCorrected#${anchor}`);
}

async function sendLink(
  visit: ConsultationVisit,
  state: {
    readonly chosen?: readonly string[];
    readonly q?: string;
    readonly issues?: readonly Issue[];
    readonly stale?: boolean;
  },
): Promise<FastifyReply> {
  const { site, consultation } = visit;
  const { sentences } = site;
  const mapping = await mapVersions(site.db, consultation.id);
  if (!mapping) return goTo(visit, baseOf(consultation));
  const { clause, known } = await find(visit, mapping);
  if (!clause || !known) return sendNotFound(visit);
  const mappingTo = `${baseOf(consultation)}/mapping`;
  const [row] = linkRows(mapping, [known], mappingTo, sentences);
  if (!row) return sendNotFound(visit);
  const { issues = [], stale = false, q = '', chosen = known.link.to } = state;
  const page = {
    title: sentences.desk.correctLink,
    crumbs: [...crumbsOf(visit), { to: mappingTo, text: sentences.desk.pages.mapping }],
    matter: matterOf(visit, 'mapping'),
    form: formState(
      {},
      issues.map((issue) => cited(issue, mapping)),
      sentences,
    ),
    revision: consultation.revision,
    oldName: versionName(mapping.old.version, sentences),
    newName: versionName(mapping.old.version + 1, sentences),
    name: clause.citation || sentences.blockKinds[clause.kind],
    paragraphs: [clause.heading, ...clause.text.split('\n')].filter((each) => each.trim() !== ''),
    rows: clause.rows ?? [],
    ...{ tag: row.tag, comments: known.comments, row, mappingTo, q, chosen, stale },
    to: `${mappingTo}/${encodeURIComponent(clause.address)}`,
    candidates: candidatesFor(mapping, clause, chosen, q, sentences),
  };
  return sendDesk(visit, 'desk/version-link', page, issues.length > 0 ? 422 : stale ? 409 : 200);
}

async function find(visit: ConsultationVisit, mapping: Mapping) {
  const address = addressIn(visit);
  const clause: Clause | undefined = mapping.old.clauses.find((each) => each.address === address);
  const links = await knownLinks(visit, mapping);
  return { clause, known: links.find(({ link }) => link.from.includes(address)) };
}

// A clause without a label is known by its address alone.
function cited(issue: Issue, { old }: Mapping): Issue {
  const clause = old.clauses.find(({ address }) => address === issue.values?.['clause']);
  return clause ? { ...issue, values: { ...issue.values, clause: clause.citation } } : issue;
}

function addressIn({ request }: ConsultationVisit): string {
  return (request.params as Readonly<Record<string, string>>)['address'] ?? '';
}
