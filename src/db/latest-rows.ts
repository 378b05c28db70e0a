import { type RawBuilder, sql } from 'kysely';

/** Tables in which the latest row of a comment says how it stands. */
export type History =
  | 'screenings'
  | 'redactions'
  | 'dispositions'
  | 'comment_assignments'
  | 'comment_group_members';

/** How what stands beside comments `k` is found. */
export interface Finding {
  /** Joins the latest row of a history that each comment has, if it has any, under a name. */
  readonly latest: (history: History, columns: RawBuilder<unknown>, name: string) => RawBuilder<unknown>;
  /** Ends a table that is looked into for each comment. */
  readonly end: RawBuilder<unknown>;
  /** Ends what is selected: without what is no comment `k`. */
  readonly own: RawBuilder<unknown>;
}

/** Comment by comment: a plan that reads whole tables is never better for the few that are counted at a time. */
export const oneByOne: Finding = {
  latest: (history, columns, name) => sql`left join lateral (
    select ${columns} from ${sql.table(history)} where comment_id = k.id order by id desc limit 1) ${sql.ref(name)} on true`,
  end: sql`offset 0`,
  own: sql``,
};

/** Comments from one id to another. */
export interface Span {
  readonly low: number;
  readonly high: number;
}

/**
 * For many comments of a span: each history is read once from end to end. Joined in full, since that is never done by
 * reading it again for each comment, however few there are by statistics that are older than a deed on all.
 */
export function atOnce({ low, high }: Span): Finding {
  return {
    latest: (history, columns, name) => sql`full join (
      select distinct on (comment_id) comment_id, ${columns} from ${sql.table(history)}
      where comment_id between ${low} and ${high} order by comment_id, id desc) ${sql.ref(name)}
      on ${sql.ref(name)}.comment_id = k.id`,
    end: sql``,
    // Said so that no planner makes another join of it.
    own: sql`where coalesce(k.id, 0) > 0`,
  };
}

/** Fewer comments are looked at one by one, whatever share of a consultation they are. */
export const fewestAtOnce = 2_000;

/** Whichever is quicker for so many comments of one consultation in a span, which may be full of others'. */
export function findingIn(span: Span, comments: number): Finding {
  return comments >= fewestAtOnce && span.high - span.low < 4 * comments ? atOnce(span) : oneByOne;
}

/** Makes something of the comments `k` of a relation. */
export type Drawing = (relation: RawBuilder<unknown>, finding: Finding) => RawBuilder<unknown>;

/** The same of all comments of a consultation: those of a span at once, the few that others may be one by one. */
export function ofAll(consultationId: number, { low, high }: Span, draw: Drawing): RawBuilder<unknown> {
  const those = (where: RawBuilder<unknown>, finding: Finding) => {
    const comments = sql`(select * from comments where consultation_id = ${consultationId} and ${where})`;
    return sql`(select * from (${draw(comments, finding)}) k offset 0)`;
  };
  return sql`
    ${those(sql`id between ${low} and ${high}`, atOnce({ low, high }))}
    union all ${those(sql`id < ${low}`, oneByOne)}
    union all ${those(sql`id > ${high}`, oneByOne)}`;
}
