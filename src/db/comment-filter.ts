import { type RawBuilder, sql } from 'kysely';
import type { Assignee } from '../domain/assignment.ts';
import { type CommentFilter, type DispositionState, partOf } from '../domain/comment-filter.ts';
import type { ScreeningState } from '../domain/screening.ts';
import { isLate } from './late.ts';

/** A filter with the spellings of each of its words: a comment has to hold one spelling of every word, and be one of its assignees'. */
export interface WrittenFilter extends CommentFilter {
  readonly spellings: readonly (readonly string[])[];
  /** Null: whosever it is. */
  readonly assignees: readonly Assignee[] | null;
}

/**
 * The tables that a filter's conditions know: comments `k`, all or those of a relation, with their submission `s` and
 * consultation `c` if need be.
 */
export function tablesOf(
  filter: WrittenFilter,
  comments: RawBuilder<unknown> = sql`comments`,
): RawBuilder<unknown> {
  // Without them the index of clause and id is all that is read.
  if (filter.channel === '' && partOf(filter) === '' && filter.spellings.length === 0)
    return sql`${comments} k`;
  return sql`${comments} k join submissions s on s.id = k.submission_id join consultations c on c.id = k.consultation_id`;
}

/** What a filter asks of a comment, but for its clause. */
export function conditionsOf(filter: WrittenFilter): RawBuilder<boolean> {
  const { channel, stance, spellings } = filter;
  const asked = [
    ...(channel ? [sql<boolean>`s.channel = ${channel}`] : []),
    ...(stance ? [sql<boolean>`k.stance = ${stance}`] : []),
    ...partConditions(filter),
    ...deedsAsked(filter),
    ...spellings.map(holdsOneOf),
  ];
  return asked.length > 0 ? sql<boolean>`(${sql.join(asked, sql` and `)})` : sql<boolean>`true`;
}

/** What a filter asks of the deeds done to a comment, each found by its id alone. */
export function deedsAsked({ screening, disposition, assignees }: WrittenFilter): RawBuilder<boolean>[] {
  return [
    ...(screening ? [screeningIs(screening)] : []),
    ...(disposition ? [dispositionIs(disposition)] : []),
    ...(assignees ? [assigneeIsOf(assignees)] : []),
  ];
}

/** What a filter without words asks of the tallies `n` of its clause. */
export function talliesAsked(filter: WrittenFilter): RawBuilder<boolean>[] {
  const { channel, stance, screening, disposition, assignees } = filter;
  const asked = Object.entries({ channel, stance, screening, disposition, part: partOf(filter) });
  return [
    ...asked.flatMap(([column, value]) =>
      value === '' ? [] : [sql<boolean>`n.${sql.ref(column)} = ${value}`],
    ),
    ...(assignees ? [sql<boolean>`n.assignee = any(${[...assignees]}::text[])`] : []),
  ];
}

function partConditions(filter: CommentFilter): RawBuilder<boolean>[] {
  const part = partOf(filter);
  if (part === '') return [];
  if (part === 'late') return [isLate];
  return [
    sql<boolean>`not ${isLate} and s.withdrawn_at is ${part === 'withdrawn' ? sql`not null` : sql`null`}`,
  ];
}

function screeningIs(state: ScreeningState): RawBuilder<boolean> {
  if (state === 'waiting') return sql<boolean>`not exists (select 1 from screenings where comment_id = k.id)`;
  return sql<boolean>`(select verdict from screenings where comment_id = k.id order by id desc limit 1) = ${state}`;
}

function dispositionIs(state: DispositionState): RawBuilder<boolean> {
  if (state === 'undisposed')
    return sql<boolean>`(select outcome from dispositions where comment_id = k.id order by id desc limit 1) is null`;
  return sql<boolean>`(select outcome from dispositions where comment_id = k.id order by id desc limit 1) = ${state}`;
}

function assigneeIsOf(assignees: readonly Assignee[]): RawBuilder<boolean> {
  const keys = sql`any(${[...assignees]}::text[])`;
  const latest = sql`coalesce((select assignee from comment_assignments where comment_id = k.id order by id desc limit 1), '')`;
  if (assignees.includes('')) return sql<boolean>`${latest} = ${keys}`;
  // Whoever was ever given it: few are looked at where few were given.
  return sql<boolean>`(k.id in (select comment_id from comment_assignments where assignee = ${keys} and assignee <> '')
    and ${latest} = ${keys})`;
}

/** True for a comment `k` of a submission `s` that holds one of these spellings. */
export function holdsOneOf(spellings: readonly string[]): RawBuilder<boolean> {
  const patterns = spellings.map((spelling) => `%${spelling.replace(/[\\%_]/g, '\\$&')}%`);
  return sql<boolean>`(k.text ilike any(${patterns}) or k.proposed_wording ilike any(${patterns})
    or s.receipt_number ilike any(${patterns}))`;
}

/** What a filter asks of a comment, its clause too. */
export function allConditionsOf(filter: WrittenFilter): RawBuilder<boolean> {
  const { clause } = filter;
  if (clause === '') return conditionsOf(filter);
  const on = clause === 'whole' ? sql`k.clause_id is null` : sql`k.clause_id = ${clause}`;
  return sql<boolean>`(${on} and ${conditionsOf(filter)})`;
}
