import type { DeskComment } from '../../../db/comments.ts';
import { noticeState } from '../../../db/notices.ts';
import { may } from '../../../domain/officer.ts';
import { baseOf } from '../matter.ts';
import type { ConsultationVisit } from '../visit.ts';

/** Where a comment is given to somebody, from a list; empty where nothing can be given, and for whoever may not. */
export async function assignTo(
  visit: ConsultationVisit,
  { id, withdrawn, late }: DeskComment,
  list: string,
): Promise<string> {
  const { site, consultation, officer } = visit;
  if (withdrawn || late || !may(officer, 'assign')) return '';
  const notice = await noticeState(site.db, consultation.id);
  if (notice?.signing?.verdict === 'signed') return '';
  const query = new URLSearchParams(list);
  query.set('chosen', String(id));
  return `${baseOf(consultation)}/comments/assignment?${query}`;
}
