import type { FastifyReply } from 'fastify';
import { isPublished } from '../../../db/consultations.ts';
import { noticeState } from '../../../db/notices.ts';
import { receivedCount } from '../../../db/tallies.ts';
import type { Issue } from '../../../domain/issue.ts';
import { may } from '../../../domain/officer.ts';
import { tableFormats } from '../../exports/send.ts';
import { type FormState, formState } from '../../forms.ts';
import type { Choice } from '../../public/shapes.ts';
import type { Matter } from '../contexts.ts';
import { exportTakes } from '../long-work.ts';
import { baseOf, crumbsOf, matterOf } from '../matter.ts';
import { currentNotice } from '../notice.ts';
import { goTo, sendDesk } from '../page.ts';
import type { ConsultationVisit } from '../visit.ts';

export interface ExportsPage {
  readonly matter: Matter;
  /** How many rows the summary table has. */
  readonly rowCount: number;
  /** True while the summary is not that of a signed notice. */
  readonly unsigned: boolean;
  /** About how long it takes as a table, in words; empty where nobody would wonder. */
  readonly summaryTakes: string;
  /** How many comments the list has, and how long that takes. */
  readonly comments: number;
  readonly listTakes: string;
  readonly mayName: boolean;
  readonly form: FormState;
  readonly formats: readonly Choice[];
  /** Where the open data are; empty before the notice is published. */
  readonly openTo: string;
}

type Typed = Readonly<Record<'exportReason' | 'format', string>>;

/** What an office can take away of a consultation. */
export function showExports(visit: ConsultationVisit): Promise<FastifyReply> {
  return sendExports(visit, { exportReason: '', format: 'xlsx' }, []);
}

/** The page of exports, with what was typed into the form for names. */
export async function sendExports(
  visit: ConsultationVisit,
  typed: Typed,
  issues: readonly Issue[],
): Promise<FastifyReply> {
  const { site, consultation, officer } = visit;
  if (!isPublished(consultation)) return goTo(visit, baseOf(consultation));
  const state = await noticeState(site.db, consultation.id);
  const { rowCount, checks } = await currentNotice(visit, consultation, state);
  const { comments } = await receivedCount(site.db, consultation.id);
  const { desk } = site.sentences;
  const page = {
    title: desk.pages.exports,
    crumbs: crumbsOf(visit),
    matter: matterOf(visit, 'exports'),
    rowCount,
    unsigned: checks !== null,
    summaryTakes: exportTakes(rowCount, site.sentences),
    comments,
    listTakes: exportTakes(comments, site.sentences),
    mayName: may(officer, 'exportNames'),
    form: formState(typed, issues, site.sentences),
    formats: tableFormats.map((value) => ({ value, label: desk.tableFormats[value] })),
    openTo: consultation.answeredAt ? `/consultations/${consultation.number}#open-data` : '',
  };
  return sendDesk(visit, 'desk/exports', page, issues.length > 0 ? 422 : 200);
}
