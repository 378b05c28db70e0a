import { clausesById } from '../../../db/drafts.ts';
import { commentedClauses } from '../../../db/tallies.ts';
import { channels, stances } from '../../../domain/comment.ts';
import { type CommentFilter, parts } from '../../../domain/comment-filter.ts';
import { screeningStates } from '../../../domain/screening.ts';
import { dispositionStates } from '../../../domain/tallies.ts';
import type { Choice } from '../../public/shapes.ts';
import type { CommentPlaces } from '../versions/comment-places.ts';
import type { ConsultationVisit } from '../visit.ts';

/** The form that asks for some of the comments: what is asked for, and what can be. */
export interface FilterForm {
  readonly values: Readonly<Record<keyof CommentFilter, string>>;
  readonly clauses: readonly Choice[];
  readonly channels: readonly Choice[];
  readonly stances: readonly Choice[];
  readonly parts: readonly Choice[];
  readonly screenings: readonly Choice[];
  readonly dispositions: readonly Choice[];
  readonly assigned: readonly Choice[];
}

/** The form for a list; clauses are those that comments were made on, by the names that `nameOf` gives; `assigned` says whose can be asked for. */
export async function filterForm(
  { site, consultation }: ConsultationVisit,
  filter: CommentFilter,
  nameOf: CommentPlaces['nameOf'],
  assigned: readonly Choice[],
): Promise<FilterForm> {
  const { sentences } = site;
  const { desk, outcomes } = sentences;
  const ids = await commentedClauses(site.db, consultation.id);
  const clauses = new Map((await clausesById(site.db, ids)).map((clause) => [clause.id, clause]));
  const named = ids.flatMap((id) => {
    const clause = clauses.get(id);
    return clause ? [{ value: String(id), label: nameOf(clause) }] : [];
  });
  const all = { value: '', label: desk.anything };
  const choices = <T extends string>(values: readonly T[], labels: Readonly<Record<T, string>>) => [
    all,
    ...values.map((value) => ({ value, label: labels[value] })),
  ];
  return {
    values: { ...filter, clause: String(filter.clause) },
    clauses: [all, { value: 'whole', label: sentences.notice.wholeDraft }, ...named],
    channels: choices(channels, sentences.channels),
    stances: choices(stances, sentences.stances),
    parts: choices(parts, desk.parts),
    screenings: choices(screeningStates, sentences.screenings),
    dispositions: choices(dispositionStates, { ...outcomes, undisposed: desk.undisposed }),
    assigned,
  };
}
